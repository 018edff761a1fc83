package hooks

import "sync"

type Hooks struct {
	queues map[string]chan string
	ended  sync.WaitGroup
}

func New() *Hooks {
	return &Hooks{queues: map[string]chan string{}}
}

// Register makes a queue, and starts who works it off.
func (h *Hooks) Register(name string) {
	queue := make(chan string)
	h.queues[name] = queue // want-related "GM102.*Hooks.queues"
	h.ended.Go(func() { h.batch(name) })
}

func (h *Hooks) Send(name, text string) {
	h.queues[name] <- text
}

func (h *Hooks) Close() {
	for _, queue := range h.queues {
		close(queue)
	}
	h.ended.Wait()
}

func (h *Hooks) batch(name string) {
	for {
		if _, more := <-h.queues[name]; !more { // want "GM102.*Hooks.queues"
			return
		}
	}
}
