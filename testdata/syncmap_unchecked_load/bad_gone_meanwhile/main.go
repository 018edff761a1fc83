// fails: panic interface conversion: interface .* is nil
package main

import "sync"

type handlers struct{ byID sync.Map }

func (h *handlers) remove(id int) { h.byID.Delete(id) }

func (h *handlers) handle(id int) {
	f, _ := h.byID.Load(id)
	f.(func())() // want "GM307"
}

func main() {
	h := &handlers{}
	h.byID.Store(1, func() {})
	h.handle(1)
	h.remove(1)
	h.handle(1)
}
