package io.github.istioegress.intent;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that one namespace says about one host, without contradictions.
 *
 * @param host the host
 * @param intents its sentences, one a port, ordered by port
 */
public record HostEgress(ExternalHost host, List<EgressIntent> intents) {

  private static final Set<NamedObject> OF_THE_HOST =
      Set.of(NamedObject.SERVICE_ENTRY, NamedObject.VIRTUAL_SERVICE);

  /**
   * Merges the sentences on a host.
   *
   * @throws IllegalArgumentException when two of them contradict each other, naming both lines
   */
  public HostEgress {
    TreeMap<EgressPort, EgressIntent> byPort = new TreeMap<>();
    for (EgressIntent intent : intents) {
      byPort.merge(intent.port(), intent, HostEgress::merge);
    }
    intents = List.copyOf(byPort.values());
    for (EgressIntent intent : intents) {
      for (EgressIntent other : intents) {
        agree(intent, other);
      }
    }
  }

  private static EgressIntent merge(EgressIntent first, EgressIntent second) {
    if (!first.equals(second)) {
      throw Contradiction.between(
          first,
          second,
          "contradict each other on port "
              + first.port().number()
              + ": a port has one sentence; keep the one that is meant");
    }
    return first;
  }

  private static void agree(EgressIntent one, EgressIntent other) {
    if (one.port().number() < other.port().number() && one.portName().equals(other.portName())) {
      throw Contradiction.between(
          one,
          other,
          "both have the port name '"
              + one.portName()
              + "': names of ports are unique in a ServiceEntry; give one of them another"
              + " portNamed");
    }
    if (one.visibility().isPresent()
        && other.visibility().isPresent()
        && one.visibility().get() != other.visibility().get()) {
      throw contradiction(
          "visible", one.visibility().get().name(), one, other.visibility().get().name(), other);
    }
    for (NamedObject object : OF_THE_HOST) {
      agree(object, one, other);
    }
    agreeOnHandling(one, other);
    if (one.path().gateway().isPresent() && one.path().equals(other.path())) {
      agree(NamedObject.SUBSET, one, other);
    }
  }

  /** One ServiceEntry has one way to find a host, and one rule originates TLS to it. */
  private static void agreeOnHandling(EgressIntent one, EgressIntent other) {
    Handling how = one.handling();
    Handling otherHow = other.handling();
    if (!how.addresses().equals(otherHow.addresses())) {
      throw contradiction(
          "at", how.addresses().toString(), one, otherHow.addresses().toString(), other);
    }
    if (!how.serving().equals(otherHow.serving())) {
      // Both are wildcards here, or the host would differ.
      throw contradiction(
          "toAnyOf",
          how.serving().map(Object::toString).orElse(""),
          one,
          otherHow.serving().map(Object::toString).orElse(""),
          other);
    }
    if (!how.answering().equals(otherHow.answering())) {
      throw Contradiction.between(
          one,
          other,
          "name different hosts that answer: one ServiceEntry holds them for all ports; say the"
              + " same in both");
    }
    if (how.origination().isPresent()
        && otherHow.origination().isPresent()
        && !one.path().equals(other.path())) {
      throw contradiction(
          "originateTls", one.path().toString(), one, other.path().toString(), other);
    }
    if (how.isSplit()
        && how.origination().flatMap(TlsOrigination::only).isPresent()
        && other.path().gateway().isPresent()) {
      throw Contradiction.between(
          one,
          other,
          "want one rule for the host, for some pods and for a gateway: Istio shows a rule for some"
              + " pods to its own namespace alone; say direct() in both, or a gateway in both");
    }
    Optional<Pods> pods = how.origination().flatMap(TlsOrigination::only);
    Optional<Pods> otherPods = otherHow.origination().flatMap(TlsOrigination::only);
    if (hasRule(one)
        && hasRule(other)
        && one.path().equals(other.path())
        && !pods.equals(otherPods)) {
      // A pod takes one rule for a host, and one rule selects pods in one way.
      throw contradiction(
          "only",
          pods.map(Object::toString).orElse("every pod"),
          one,
          otherPods.map(Object::toString).orElse("every pod"),
          other);
    }
  }

  private static boolean hasRule(EgressIntent intent) {
    return intent.hasOutsideRule();
  }

  static void agree(NamedObject object, EgressIntent one, EgressIntent other) {
    String name = one.names().get(object);
    String otherName = other.names().get(object);
    if (name != null && otherName != null && !name.equals(otherName)) {
      throw contradiction(object.word(), name, one, otherName, other);
    }
  }

  private static IllegalArgumentException contradiction(
      String word, String value, EgressIntent one, String otherValue, EgressIntent other) {
    return new IllegalArgumentException(
        one
            + " at "
            + one.origin().place()
            + " says "
            + word
            + "("
            + value
            + "), "
            + other
            + " at "
            + other.origin().place()
            + " says "
            + word
            + "("
            + otherValue
            + "): both make one resource; say the same in both");
  }

  /** The name given to an object by any of the sentences. */
  public Optional<String> name(NamedObject object) {
    return intents.stream().flatMap(intent -> given(intent, object).stream()).findFirst();
  }

  /** The name that any of the sentences through this gateway gives to an object on its way. */
  public Optional<String> name(NamedObject object, EgressGateway gateway) {
    return intents.stream()
        .filter(intent -> intent.path().gateway().filter(gateway::equals).isPresent())
        .flatMap(intent -> given(intent, object).stream())
        .findFirst();
  }

  static Optional<String> given(EgressIntent intent, NamedObject object) {
    return Optional.ofNullable(intent.names().get(object));
  }

  /** Who sees the resources of the host. */
  public Visibility visibility() {
    return intents.stream()
        .flatMap(intent -> intent.visibility().stream())
        .findFirst()
        .orElse(Visibility.AS_ASKED);
  }

  /** The addresses that applications dial; empty where the name decides. */
  public List<String> addresses() {
    return intents.get(0).handling().addresses();
  }

  /** Which hosts answer; empty for the called host alone. */
  public Optional<Answering> answering() {
    return intents.get(0).handling().answering();
  }

  /** How the hosts of a wildcard are found; empty for a single host. */
  public Optional<Serving> serving() {
    return intents.get(0).handling().serving();
  }

  /** The gateways on the ways to the host, in the order of their ports. */
  public List<EgressGateway> gateways() {
    return intents.stream()
        .flatMap(intent -> intent.path().gateway().stream())
        .distinct()
        .collect(Collectors.toUnmodifiableList());
  }
}
