package main

import (
	"encoding/json"
	"fmt"
)

type Config struct {
	Labels map[string]string
}

func main() {
	var values map[string]int
	if err := json.Unmarshal([]byte(`{"a": 1}`), &values); err != nil {
		panic(err)
	}
	values["b"] = 2

	config := &Config{}
	if err := json.Unmarshal([]byte(`{"Labels": {"a": "b"}}`), config); err != nil {
		panic(err)
	}
	config.Labels["c"] = "d"
	fmt.Println(values, config)
}
