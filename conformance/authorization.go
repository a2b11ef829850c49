package main

import (
	"net/netip"
	"regexp"
	"sort"
	"strconv"
	"strings"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	rbacv3 "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
	httprbacv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/rbac/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	networkrbacv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/rbac/v3"
	uritemplatev3 "github.com/envoyproxy/go-control-plane/envoy/extensions/path/match/uri_template/v3"
)

// identity is what a proxy knows about who calls: the mesh identity only after mesh mutual TLS.
type identity struct {
	trustDomain        string
	namespace, account string
	ip, sni            string
	destinationIP      string
	destinationPort    int
}

func (i identity) principal() string {
	if i.namespace == "" {
		return ""
	}
	return "spiffe://" + i.trustDomain + "/ns/" + i.namespace + "/sa/" + i.account
}

// trustDomain is the first part of every identity of the mesh.
func (w *world) trustDomain() string { return orDefault(w.mesh.GetTrustDomain(), "cluster.local") }

// deniedByNetworkFilters evaluates what Istio made of AuthorizationPolicies for TCP; "" when the connection may pass.
func deniedByNetworkFilters(filters []*listenerv3.Filter, who identity) string {
	for _, f := range filters {
		rules := &networkrbacv3.RBAC{}
		if f.GetTypedConfig().UnmarshalTo(rules) == nil && rules.GetRules() != nil {
			if name := denies(rules.GetRules(), who, nil); name != "" {
				return name
			}
		}
	}
	return ""
}

// deniedByHTTPFilters does the same for HTTP.
func deniedByHTTPFilters(manager *hcmv3.HttpConnectionManager, who identity, r *request) string {
	for _, f := range manager.GetHttpFilters() {
		rules := &httprbacv3.RBAC{}
		if f.GetTypedConfig().MessageIs(rules) && f.GetTypedConfig().UnmarshalTo(rules) == nil && rules.GetRules() != nil {
			if name := denies(rules.GetRules(), who, r); name != "" {
				return name
			}
		}
	}
	return ""
}

func denies(rules *rbacv3.RBAC, who identity, r *request) string {
	names := make([]string, 0, len(rules.GetPolicies()))
	for name := range rules.GetPolicies() {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if !policyMatches(rules.GetPolicies()[name], who, r) {
			continue
		}
		switch rules.GetAction() {
		case rbacv3.RBAC_DENY:
			return "AuthorizationPolicy rule " + name
		case rbacv3.RBAC_ALLOW:
			return ""
		}
	}
	if rules.GetAction() == rbacv3.RBAC_ALLOW {
		return "AuthorizationPolicy (no rule allows it)"
	}
	return ""
}

func policyMatches(policy *rbacv3.Policy, who identity, r *request) bool {
	permitted, identified := false, false
	for _, p := range policy.GetPermissions() {
		permitted = permitted || permissionMatches(p, who, r)
	}
	for _, p := range policy.GetPrincipals() {
		identified = identified || principalMatches(p, who, r)
	}
	return permitted && identified
}

func permissionMatches(p *rbacv3.Permission, who identity, r *request) bool {
	switch rule := p.GetRule().(type) {
	case *rbacv3.Permission_Any:
		return rule.Any
	case *rbacv3.Permission_AndRules:
		for _, one := range rule.AndRules.GetRules() {
			if !permissionMatches(one, who, r) {
				return false
			}
		}
		return true
	case *rbacv3.Permission_OrRules:
		for _, one := range rule.OrRules.GetRules() {
			if permissionMatches(one, who, r) {
				return true
			}
		}
		return false
	case *rbacv3.Permission_NotRule:
		return !permissionMatches(rule.NotRule, who, r)
	case *rbacv3.Permission_Header:
		return r != nil && headerMatches(rule.Header, r)
	case *rbacv3.Permission_UrlPath:
		return r != nil && stringMatches(rule.UrlPath.GetPath(), pathOnly(r.path))
	case *rbacv3.Permission_UriTemplate:
		return r != nil && templateMatches(rule.UriTemplate, pathOnly(r.path))
	case *rbacv3.Permission_DestinationIp:
		return inRange(rule.DestinationIp, who.destinationIP)
	case *rbacv3.Permission_DestinationPort:
		return int(rule.DestinationPort) == who.destinationPort
	case *rbacv3.Permission_RequestedServerName:
		return stringMatches(rule.RequestedServerName, who.sni)
	}
	return false
}

func principalMatches(p *rbacv3.Principal, who identity, r *request) bool {
	switch id := p.GetIdentifier().(type) {
	case *rbacv3.Principal_Any:
		return id.Any
	case *rbacv3.Principal_AndIds:
		for _, one := range id.AndIds.GetIds() {
			if !principalMatches(one, who, r) {
				return false
			}
		}
		return true
	case *rbacv3.Principal_OrIds:
		for _, one := range id.OrIds.GetIds() {
			if principalMatches(one, who, r) {
				return true
			}
		}
		return false
	case *rbacv3.Principal_NotId:
		return !principalMatches(id.NotId, who, r)
	case *rbacv3.Principal_Authenticated_:
		if who.principal() == "" {
			return false
		}
		return id.Authenticated.GetPrincipalName() == nil || stringMatches(id.Authenticated.GetPrincipalName(), who.principal())
	case *rbacv3.Principal_FilterState:
		return who.principal() != "" && stringMatches(id.FilterState.GetStringMatch(), who.principal())
	case *rbacv3.Principal_DirectRemoteIp:
		return inRange(id.DirectRemoteIp, who.ip)
	case *rbacv3.Principal_RemoteIp:
		return inRange(id.RemoteIp, who.ip)
	case *rbacv3.Principal_Header:
		return r != nil && headerMatches(id.Header, r)
	}
	return false
}

// extAuthzPrefix marks shadow rules whose match makes the filter behind them ask an external authorizer.
const extAuthzPrefix = "istio_ext_authz_"

// asksOutside tells that a CUSTOM policy has a server asked, whose answer nobody here knows.
func asksOutside(filters []*listenerv3.Filter, who identity) bool {
	for _, f := range filters {
		rules := &networkrbacv3.RBAC{}
		if f.GetTypedConfig().UnmarshalTo(rules) == nil && rules.GetShadowRulesStatPrefix() == extAuthzPrefix &&
			anyMatches(rules.GetShadowRules(), who, nil) {
			return true
		}
	}
	return false
}

func httpAsksOutside(manager *hcmv3.HttpConnectionManager, who identity, r *request) bool {
	for _, f := range manager.GetHttpFilters() {
		rules := &httprbacv3.RBAC{}
		if f.GetTypedConfig().MessageIs(rules) && f.GetTypedConfig().UnmarshalTo(rules) == nil &&
			rules.GetShadowRulesStatPrefix() == extAuthzPrefix && anyMatches(rules.GetShadowRules(), who, r) {
			return true
		}
	}
	return false
}

func anyMatches(rules *rbacv3.RBAC, who identity, r *request) bool {
	for _, policy := range rules.GetPolicies() {
		if policyMatches(policy, who, r) {
			return true
		}
	}
	return false
}

// pathPart is what Envoy takes for a character of a path below a template.
const pathPart = "a-zA-Z0-9\\-._~%!$&'()+,;:@="

// templateMatches holds a path against Envoy's template: * is one part, ** is any rest.
func templateMatches(extension *corev3.TypedExtensionConfig, path string) bool {
	template := &uritemplatev3.UriTemplateMatchConfig{}
	if extension.GetTypedConfig().UnmarshalTo(template) != nil {
		return false
	}
	parts := strings.Split(template.GetPathTemplate(), "/")
	for i, part := range parts {
		switch part {
		case "*":
			parts[i] = "[" + pathPart + "]+"
		case "**":
			parts[i] = "[" + pathPart + "/]*"
		default:
			parts[i] = regexp.QuoteMeta(part)
		}
	}
	return fullMatch(strings.Join(parts, "/"), path)
}

func inRange(r *corev3.CidrRange, address string) bool {
	prefix, err := netip.ParsePrefix(r.GetAddressPrefix() + "/" + strconv.Itoa(int(r.GetPrefixLen().GetValue())))
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(address)
	return err == nil && prefix.Contains(ip)
}
