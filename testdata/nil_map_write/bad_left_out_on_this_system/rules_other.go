//go:build !windows

package main

func newRules() *Rules { return &Rules{table: "nat"} }
