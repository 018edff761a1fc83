;;; golint-maps.el --- Unsafe map usage in Go, while typing -*- lexical-binding: t -*-

;;; Commentary:

;; With lsp-mode, golint-maps runs beside gopls:
;;
;;     (require 'golint-maps)
;;     (golint-maps-lsp-mode-setup)
;;
;; Eglot runs one server for each buffer, so that golint-maps takes the place of gopls there:
;;
;;     (require 'golint-maps)
;;     (golint-maps-eglot-setup)

;;; Code:

(defgroup golint-maps nil
  "Unsafe map usage in Go."
  :group 'tools)

(defcustom golint-maps-command '("golint-maps" "lsp")
  "The command that starts the server, with its arguments."
  :type '(repeat string))

(defcustom golint-maps-settings nil
  "Settings of the server as a property list, such as (:minLevel \"warning\")."
  :type 'plist)

(declare-function lsp-register-client "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function lsp-activate-on "lsp-mode")
(defvar eglot-server-programs)

;;;###autoload
(defun golint-maps-lsp-mode-setup ()
  "Have lsp-mode start golint-maps beside gopls."
  (with-eval-after-load 'lsp-mode
    (lsp-register-client
     (make-lsp-client
      :new-connection (lsp-stdio-connection (lambda () golint-maps-command))
      :activation-fn (lsp-activate-on "go")
      :add-on? t
      :priority -1
      :server-id 'golint-maps
      :initialization-options (lambda () golint-maps-settings)))))

;;;###autoload
(defun golint-maps-eglot-setup ()
  "Have Eglot start golint-maps for Go, in place of gopls."
  (with-eval-after-load 'eglot
    (add-to-list 'eglot-server-programs
                 `((go-mode go-ts-mode)
                   . ,(lambda (&rest _)
                        (append golint-maps-command
                                (and golint-maps-settings
                                     (list :initializationOptions golint-maps-settings))))))))

(provide 'golint-maps)
;;; golint-maps.el ends here
