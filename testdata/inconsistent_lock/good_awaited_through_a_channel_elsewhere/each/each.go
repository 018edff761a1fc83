package each

// Node calls a function for each node at the same time.
func Node(nodes []int, f func(node int) error) error {
	errs := make(chan error, len(nodes))
	for _, node := range nodes {
		go func() { errs <- f(node) }()
	}
	var failed error
	for range nodes {
		if err := <-errs; err != nil {
			failed = err
		}
	}
	return failed
}
