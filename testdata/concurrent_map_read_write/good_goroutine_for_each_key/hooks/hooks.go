package hooks

import "sync"

type Hooks struct {
	mu     sync.Mutex
	queues map[string]chan string
	ended  sync.WaitGroup
}

func New() *Hooks {
	return &Hooks{queues: map[string]chan string{}}
}

// Register makes a queue, and starts who works it off.
func (h *Hooks) Register(name string) {
	queue := make(chan string)
	h.mu.Lock()
	h.queues[name] = queue
	h.mu.Unlock()
	h.ended.Go(func() { h.batch(queue) })
}

func (h *Hooks) Send(name, text string) {
	h.mu.Lock()
	queue := h.queues[name]
	h.mu.Unlock()
	queue <- text
}

func (h *Hooks) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, queue := range h.queues {
		close(queue)
	}
	h.ended.Wait()
}

func (h *Hooks) batch(queue <-chan string) {
	for {
		if _, more := <-queue; !more {
			return
		}
	}
}
