package main

import (
	"regexp"
	"strings"

	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	matcherv3 "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
)

// virtualHost chooses as Envoy does: exact domain, longest suffix wildcard, longest prefix wildcard, everything.
func virtualHost(rc *routev3.RouteConfiguration, r *request) *routev3.VirtualHost {
	host := strings.ToLower(r.host)
	if rc.GetIgnorePortInHostMatching() {
		host = strings.ToLower(r.hostOnly())
	}
	var best *routev3.VirtualHost
	score := 0
	for _, vh := range rc.GetVirtualHosts() {
		for _, domain := range vh.GetDomains() {
			if s := domainScore(strings.ToLower(domain), host); s > score {
				best, score = vh, s
			}
		}
	}
	return best
}

func domainScore(domain, host string) int {
	const kind = 1 << 16
	switch {
	case domain == "*":
		return 1
	case domain == host:
		return 3 * kind
	case strings.HasPrefix(domain, "*") && len(host) >= len(domain) && strings.HasSuffix(host, domain[1:]):
		return 2*kind + len(domain)
	case strings.HasSuffix(domain, "*") && len(host) >= len(domain) && strings.HasPrefix(host, domain[:len(domain)-1]):
		return kind + len(domain)
	}
	return 0
}

// matchRoute gives the first route whose match is met.
func matchRoute(vh *routev3.VirtualHost, r *request) *routev3.Route {
	for _, candidate := range vh.GetRoutes() {
		if routeMatches(candidate.GetMatch(), r) {
			return candidate
		}
	}
	return nil
}

func routeMatches(m *routev3.RouteMatch, r *request) bool {
	path, prefix := pathOnly(r.path), ""
	fold := m.GetCaseSensitive() != nil && !m.GetCaseSensitive().GetValue()
	lower := func(s string) string {
		if fold {
			return strings.ToLower(s)
		}
		return s
	}
	switch spec := m.GetPathSpecifier().(type) {
	case *routev3.RouteMatch_Prefix:
		// A prefix may reach into the query, as Envoy compares it with the whole path header.
		if !strings.HasPrefix(lower(r.path), lower(spec.Prefix)) {
			return false
		}
	case *routev3.RouteMatch_Path:
		if lower(path) != lower(spec.Path) {
			return false
		}
	case *routev3.RouteMatch_PathSeparatedPrefix:
		prefix = lower(spec.PathSeparatedPrefix)
		if lower(path) != prefix && !strings.HasPrefix(lower(path), prefix+"/") {
			return false
		}
	case *routev3.RouteMatch_SafeRegex:
		if !fullMatch(spec.SafeRegex.GetRegex(), path) {
			return false
		}
	case *routev3.RouteMatch_ConnectMatcher_:
		return false
	}
	for _, header := range m.GetHeaders() {
		if !headerMatches(header, r) {
			return false
		}
	}
	for _, parameter := range m.GetQueryParameters() {
		if !queryMatches(parameter, r) {
			return false
		}
	}
	return true
}

func fullMatch(expression, text string) bool {
	re, err := regexp.Compile("^(?:" + expression + ")$")
	return err == nil && re.MatchString(text)
}

func headerMatches(m *routev3.HeaderMatcher, r *request) bool {
	value, present := r.header(m.GetName())
	if !present && m.GetTreatMissingHeaderAsEmpty() {
		present = true
	}
	var matches bool
	switch spec := m.GetHeaderMatchSpecifier().(type) {
	case *routev3.HeaderMatcher_PresentMatch:
		matches = present == spec.PresentMatch
	case *routev3.HeaderMatcher_StringMatch:
		// An absent header matches nothing, inverted or not.
		if !present {
			return false
		}
		matches = stringMatches(spec.StringMatch, value)
	case nil:
		matches = present
	default:
		return false
	}
	return matches != m.GetInvertMatch()
}

func stringMatches(m *matcherv3.StringMatcher, value string) bool {
	if m.GetIgnoreCase() {
		value = strings.ToLower(value)
	}
	lower := func(s string) string {
		if m.GetIgnoreCase() {
			return strings.ToLower(s)
		}
		return s
	}
	switch p := m.GetMatchPattern().(type) {
	case *matcherv3.StringMatcher_Exact:
		return value == lower(p.Exact)
	case *matcherv3.StringMatcher_Prefix:
		return strings.HasPrefix(value, lower(p.Prefix))
	case *matcherv3.StringMatcher_Suffix:
		return strings.HasSuffix(value, lower(p.Suffix))
	case *matcherv3.StringMatcher_Contains:
		return strings.Contains(value, lower(p.Contains))
	case *matcherv3.StringMatcher_SafeRegex:
		return fullMatch(p.SafeRegex.GetRegex(), value)
	}
	return false
}

func queryMatches(m *routev3.QueryParameterMatcher, r *request) bool {
	_, query, _ := strings.Cut(r.path, "?")
	for _, pair := range strings.Split(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if name != m.GetName() {
			continue
		}
		switch spec := m.GetQueryParameterMatchSpecifier().(type) {
		case *routev3.QueryParameterMatcher_StringMatch:
			return stringMatches(spec.StringMatch, value)
		case *routev3.QueryParameterMatcher_PresentMatch:
			return spec.PresentMatch
		}
		return true
	}
	return false
}
