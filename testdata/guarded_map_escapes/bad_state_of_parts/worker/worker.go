package worker

import "sync"

type Result struct {
	Failed map[int]int
}

type State struct {
	Result
	Current int
}

type Worker struct {
	mu    sync.Mutex
	state State
}

func New() *Worker {
	return &Worker{state: State{Result: Result{Failed: map[int]int{}}}}
}

func (w *Worker) Set(height int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state.Current = height
	w.state.Failed[height]++
}

func (w *Worker) State() State {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state // want "GM106.*Result.Failed"
}
