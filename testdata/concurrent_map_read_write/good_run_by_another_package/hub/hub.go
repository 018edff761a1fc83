// Package hub keeps the clients of a server. One goroutine, which the server starts, has them.
package hub

type Client struct{}

type Hub struct {
	handlers map[string]func()
	clients  map[*Client]bool
	join     chan *Client
	leave    chan *Client
	events   chan string
	count    chan chan int
}

func New() *Hub {
	return &Hub{
		handlers: map[string]func(){},
		clients:  map[*Client]bool{},
		join:     make(chan *Client),
		leave:    make(chan *Client),
		events:   make(chan string),
		count:    make(chan chan int),
	}
}

// Handle is for those who set the hub up.
func (h *Hub) Handle(event string, f func()) {
	h.handlers[event] = f
}

func (h *Hub) Run() {
	for {
		select {
		case c := <-h.join:
			h.clients[c] = true
		case c := <-h.leave:
			delete(h.clients, c)
		case event := <-h.events:
			if f := h.handlers[event]; f != nil {
				f()
			}
		case answer := <-h.count:
			answer <- len(h.clients)
		}
	}
}

func (h *Hub) Join(c *Client) {
	h.join <- c
}

func (h *Hub) Leave(c *Client) {
	h.leave <- c
}

func (h *Hub) Count() int {
	answer := make(chan int)
	h.count <- answer
	return <-answer
}
