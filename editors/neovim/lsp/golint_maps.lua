-- For Neovim 0.11 and later: copy to ~/.config/nvim/lsp/golint_maps.lua and add to init.lua
--
--     vim.lsp.enable('golint_maps')
--
-- It runs beside gopls. Settings go into `settings`, as in docs/editors.md.
return {
  cmd = { 'golint-maps', 'lsp' },
  filetypes = { 'go' },
  root_markers = { { 'go.work' }, { 'go.mod', '.golint-maps.toml' }, '.git' },
  settings = { golintMaps = {} },
}
