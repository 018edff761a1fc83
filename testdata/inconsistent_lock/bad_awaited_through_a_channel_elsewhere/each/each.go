package each

// Node calls a function for each node at the same time, until one has said how it went.
func Node(nodes []int, f func(node int) error) error {
	errs := make(chan error, len(nodes))
	for _, node := range nodes {
		go func() { errs <- f(node) }()
	}
	return <-errs
}
