package io.github.istioegress.expansion.network;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.github.istioegress.intent.NetworkReach;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rules of which a namespace's NetworkPolicy consists. */
final class Rules {

  /** The order of the sets of addresses. */
  static final Comparator<List<String>> BY_TEXT = Comparator.comparing(List::toString);

  /** The label that the API server itself gives to every namespace. */
  private static final String NAMESPACE = "kubernetes.io/metadata.name";

  private static final int DNS = 53;

  /** Where no host of the internet lies: private, shared, link-local, multicast, reserved. */
  private static final List<String> NOT_PUBLIC =
      List.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "224.0.0.0/3");

  private static final List<String> NOT_PUBLIC_IPV6 =
      List.of("::1/128", "fc00::/7", "fe80::/10", "ff00::/8");

  private Rules() {}

  /** The cluster's DNS, over UDP and, for long answers, over TCP. */
  static NetworkPolicyEgressRule dns() {
    return new NetworkPolicyEgressRuleBuilder()
        .withTo(pods("kube-system", Map.of("k8s-app", "kube-dns")))
        .withPorts(port("UDP", DNS), port("TCP", DNS))
        .build();
  }

  /** Pods of a namespace, on these ports of theirs. */
  static NetworkPolicyEgressRule pods(
      String namespace, Map<String, String> labels, List<Integer> ports) {
    return rule(List.of(pods(namespace, labels)), ports);
  }

  /** All pods of a namespace. */
  static NetworkPolicyEgressRule namespace(String name) {
    return new NetworkPolicyEgressRuleBuilder()
        .addNewTo()
        .withNewNamespaceSelector()
        .addToMatchLabels(NAMESPACE, name)
        .endNamespaceSelector()
        .endTo()
        .build();
  }

  /** All pods of the policy's own namespace. */
  static NetworkPolicyEgressRule neighbours() {
    return new NetworkPolicyEgressRuleBuilder()
        .addNewTo()
        .withNewPodSelector()
        .endPodSelector()
        .endTo()
        .build();
  }

  /** Single addresses and ranges. */
  static NetworkPolicyEgressRule addresses(List<String> addresses, List<Integer> ports) {
    return rule(addresses.stream().map(address -> block(address, List.of())).toList(), ports);
  }

  /** Hosts whose addresses only DNS knows. */
  static NetworkPolicyEgressRule unknown(NetworkReach reach, List<Integer> ports) {
    Stream<NetworkPolicyPeer> anywhere =
        reach.unknown() == NetworkReach.Unknown.PUBLIC
            ? Stream.of(block("0.0.0.0/0", NOT_PUBLIC), block("::/0", NOT_PUBLIC_IPV6))
            : Stream.of();
    List<NetworkPolicyPeer> peers = new ArrayList<>(anywhere.toList());
    reach.addresses().forEach(range -> peers.add(block(range, List.of())));
    return rule(peers, ports);
  }

  private static NetworkPolicyEgressRule rule(List<NetworkPolicyPeer> to, List<Integer> ports) {
    return new NetworkPolicyEgressRuleBuilder()
        .withTo(to)
        .withPorts(ports.stream().map(number -> port("TCP", number)).toList())
        .build();
  }

  private static NetworkPolicyPeer pods(String namespace, Map<String, String> labels) {
    return new NetworkPolicyPeerBuilder()
        .withNewNamespaceSelector()
        .addToMatchLabels(NAMESPACE, namespace)
        .endNamespaceSelector()
        .withNewPodSelector()
        .withMatchLabels(labels)
        .endPodSelector()
        .build();
  }

  private static NetworkPolicyPeer block(String range, List<String> except) {
    String cidr = range.contains("/") ? range : range + (range.contains(":") ? "/128" : "/32");
    return new NetworkPolicyPeerBuilder()
        .withNewIpBlock()
        .withCidr(cidr)
        .withExcept(except)
        .endIpBlock()
        .build();
  }

  private static NetworkPolicyPort port(String protocol, int number) {
    return new NetworkPolicyPortBuilder()
        .withProtocol(protocol)
        .withPort(new IntOrString(number))
        .build();
  }
}
