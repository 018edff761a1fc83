package service

import "context"

type Request struct{ Names []string }

type Response struct{ Values []string }

type getter interface {
	get(name string) string
}

// Service is served by gRPC.
type Service struct {
	UnimplementedThingsServer
	all cached
}

type UnimplementedThingsServer struct{}

func New() *Service {
	s := &Service{}
	s.all.service = s
	return s
}

func (s *Service) get(name string) string { return name + name }

// cached remembers what the service said.
type cached struct {
	service *Service
	values  map[string]string
}

func (c *cached) get(name string) string {
	if c.values == nil {
		c.values = map[string]string{}
	}
	c.values[name] = c.service.get(name)
	return c.values[name]
}

func (s *Service) Create(ctx context.Context, request *Request) (*Response, error) {
	return s.values(&cached{service: s}, request), nil
}

func (s *Service) Update(ctx context.Context, request *Request) (*Response, error) {
	return s.values(s, request), nil
}

func (s *Service) values(from getter, request *Request) *Response {
	response := &Response{}
	for _, name := range request.Names {
		response.Values = append(response.Values, from.get(name))
	}
	return response
}
