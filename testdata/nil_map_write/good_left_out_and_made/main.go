// What others may leave out is copied into a map of its own.
package main

type Config struct{ Handlers map[string]func() }

type server struct{ handlers map[string]func() }

func Start(config *Config) *server {
	s := &server{handlers: make(map[string]func())}
	for path, handler := range config.Handlers {
		s.handlers[path] = handler
	}
	s.register("debug", func() {})
	return s
}

func (s *server) register(path string, handler func()) {
	s.handlers[path] = handler
}

func main() {
	Start(&Config{})
}
