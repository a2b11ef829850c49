package main

import (
	"strings"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
)

// applyHeaders changes a request as a virtual host, a route or a weighted destination asks.
func applyHeaders(r *request, add []*corev3.HeaderValueOption, remove []string) {
	for _, name := range remove {
		delete(r.headers, strings.ToLower(name))
	}
	for _, option := range add {
		name, value := strings.ToLower(option.GetHeader().GetKey()), option.GetHeader().GetValue()
		if name == ":authority" || name == "host" {
			r.host = value
			continue
		}
		if option.GetAppendAction() == corev3.HeaderValueOption_APPEND_IF_EXISTS_OR_ADD && r.headers[name] != "" {
			value = r.headers[name] + "," + value
		}
		r.headers[name] = value
	}
}
