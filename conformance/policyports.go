package main

import (
	rbacv3 "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
	httprbacv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/rbac/v3"
	networkrbacv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/rbac/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
)

// withMovedPorts gives a policy the ports that gateways listen on here: it names those of a pod.
func withMovedPorts(config *anypb.Any) (*anypb.Any, error) {
	http, network := &httprbacv3.RBAC{}, &networkrbacv3.RBAC{}
	switch {
	case config.MessageIs(http):
		if err := config.UnmarshalTo(http); err != nil {
			return nil, err
		}
		movePorts(http.GetRules(), http.GetShadowRules())
		return anypb.New(proto.Message(http))
	case config.MessageIs(network):
		if err := config.UnmarshalTo(network); err != nil {
			return nil, err
		}
		movePorts(network.GetRules(), network.GetShadowRules())
		return anypb.New(proto.Message(network))
	}
	return config, nil
}

func movePorts(rules ...*rbacv3.RBAC) {
	for _, each := range rules {
		for _, policy := range each.GetPolicies() {
			for _, permission := range policy.GetPermissions() {
				movePort(permission)
			}
		}
	}
}

func movePort(p *rbacv3.Permission) {
	switch rule := p.GetRule().(type) {
	case *rbacv3.Permission_DestinationPort:
		rule.DestinationPort = uint32(loopbackPort(int(rule.DestinationPort)))
	case *rbacv3.Permission_AndRules:
		for _, one := range rule.AndRules.GetRules() {
			movePort(one)
		}
	case *rbacv3.Permission_OrRules:
		for _, one := range rule.OrRules.GetRules() {
			movePort(one)
		}
	case *rbacv3.Permission_NotRule:
		movePort(rule.NotRule)
	}
}
