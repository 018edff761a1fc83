package main

func newRules() *Rules { return &Rules{ports: map[int]string{}, table: "none"} }
