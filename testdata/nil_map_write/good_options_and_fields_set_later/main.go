package main

import "fmt"

type Client struct {
	headers map[string]string
}

type Option func(*Client)

func WithHeaders(headers map[string]string) Option {
	return func(c *Client) { c.headers = headers }
}

func NewClient(options ...Option) *Client {
	client := &Client{}
	for _, option := range options {
		option(client)
	}
	if client.headers == nil {
		client.headers = map[string]string{}
	}
	client.headers["Agent"] = "x"
	return client
}

func main() {
	fmt.Println(NewClient(), NewClient(WithHeaders(map[string]string{})))
}
