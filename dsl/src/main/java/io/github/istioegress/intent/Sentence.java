package io.github.istioegress.intent;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The one implementation of all kinds of sentences: the language hands it out as the kind whose
 * words fit, and what the types cannot say is checked here.
 *
 * @param host the host outside
 * @param port the port and what is spoken there
 * @param path the way out
 * @param handling TLS origination, addresses, and how a wildcard is served
 * @param policy timeouts, retries, connections
 * @param admission who may call, and what
 * @param visibility who sees the resources
 * @param declaredProtocol the protocol word of the ServiceEntry port; where empty, HTTP or TLS
 * @param names names given instead of derived ones
 * @param origin the Java line of the sentence; takes no part in equality
 */
record Sentence(
    ExternalHost host,
    EgressPort port,
    EgressPath path,
    Handling handling,
    TrafficPolicy policy,
    Admission admission,
    Optional<Visibility> visibility,
    Optional<DeclaredProtocol> declaredProtocol,
    Map<NamedObject, String> names,
    Origin origin)
    implements HttpGatewayIntent {

  Sentence {
    Objects.requireNonNull(visibility, "visibility");
    names = names.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(names));
  }

  /** A sentence whose words fit each other. */
  static Sentence checked(Sentence said) {
    SentenceCheck.check(said);
    return said;
  }

  @Override
  public Sentence named(String name) {
    Names.checkResourceName("name", name);
    return name(NamedObject.SERVICE_ENTRY, name);
  }

  @Override
  public Sentence portNamed(String name) {
    Names.checkLabel("port name", name);
    return name(NamedObject.PORT, name);
  }

  @Override
  public Sentence subset(String name) {
    Names.checkLabel("subset", name);
    return gatewayName(NamedObject.SUBSET, name);
  }

  @Override
  public Sentence virtualServiceNamed(String name) {
    return gatewayName(NamedObject.VIRTUAL_SERVICE, name);
  }

  @Override
  public Sentence destinationRuleNamed(String name) {
    return gatewayName(NamedObject.DESTINATION_RULE, name);
  }

  @Override
  public Sentence gatewayNamed(String name) {
    return gatewayName(NamedObject.GATEWAY, name);
  }

  @Override
  public Sentence declaredAs(DeclaredProtocol protocol) {
    return labelled(visibility, Optional.of(protocol), names);
  }

  @Override
  public Sentence visible(Visibility to) {
    return labelled(Optional.of(to), declaredProtocol, names);
  }

  @Override
  public Sentence timeout(Duration longest) {
    return with(path, policy.timeout(longest), admission);
  }

  @Override
  public Sentence retries(int attempts, RetryOn... on) {
    return with(path, policy.retries(Retries.of(attempts, on)), admission);
  }

  @Override
  public Sentence fault(Fault fault) {
    return with(path, policy.fault(fault), admission);
  }

  @Override
  public Sentence mirroredTo(HttpIntent copies, int percent) {
    return with(path, policy.mirrored(new Mirror(copies, percent)), admission);
  }

  @Override
  public Sentence connections(int most) {
    return with(path, policy.connections(most), admission);
  }

  @Override
  public Sentence connectTimeout(Duration longest) {
    return with(path, policy.connectTimeout(longest), admission);
  }

  @Override
  public Sentence ejectAfter(Ejection ejection) {
    return with(path, policy.ejection(ejection), admission);
  }

  @Override
  public Sentence from(Callers... callers) {
    if (callers.length == 0) {
      throw new IllegalArgumentException(
          "%s %s from() names no caller: say from(Callers.namespace(\"shop\"))"
              .formatted(host, port));
    }
    return with(
        path.overIstioMutualTls(), policy, new Admission(List.of(callers), admission.requests()));
  }

  @Override
  public Sentence allow(Requests... requests) {
    if (requests.length == 0) {
      throw new IllegalArgumentException(
          "%s %s allow() names no request: say allow(Requests.get(\"/orders\"))"
              .formatted(host, port));
    }
    return with(path, policy, new Admission(admission.callers(), List.of(requests)));
  }

  private Sentence with(EgressPath way, TrafficPolicy patience, Admission admitted) {
    return checked(
        new Sentence(
            host,
            port,
            way,
            handling,
            patience,
            admitted,
            visibility,
            declaredProtocol,
            names,
            origin));
  }

  private Sentence labelled(
      Optional<Visibility> to,
      Optional<DeclaredProtocol> protocol,
      Map<NamedObject, String> objects) {
    return checked(
        new Sentence(host, port, path, handling, policy, admission, to, protocol, objects, origin));
  }

  private Sentence gatewayName(NamedObject object, String name) {
    if (path.gateway().isEmpty()) {
      throw new IllegalArgumentException(
          object.word()
              + "(\""
              + name
              + "\") has nothing to name: "
              + host
              + " "
              + port
              + (path.isDirect() ? " leaves directly" : " leaves through a waypoint")
              + ", without a gateway; say via(gateway) or leave the name out");
    }
    Names.checkResourceName(object.word(), name);
    return name(object, name);
  }

  private Sentence name(NamedObject object, String name) {
    EnumMap<NamedObject, String> more = new EnumMap<>(NamedObject.class);
    more.putAll(names);
    more.put(object, name);
    return labelled(visibility, declaredProtocol, more);
  }

  /** The sentence in the words of the language. */
  @Override
  public String toString() {
    String begin = host.isWildcard() ? "Egress.toAnyOf(\"" : "Egress.to(\"";
    String served =
        handling.serving().map(how -> "." + how).orElse("")
            + handling.answering().map(how -> "." + how).orElse("");
    String addresses =
        handling.addresses().isEmpty()
            ? ""
            : ".at(\"" + String.join("\", \"", handling.addresses()) + "\")";
    String tls = handling.origination().map(how -> "." + how).orElse("");
    String only =
        handling
            .origination()
            .flatMap(TlsOrigination::only)
            .map(pods -> ".only(" + pods + ")")
            .orElse("");
    return begin + host + "\")" + served + "." + port + addresses + tls + "." + path + only
        + admission + policy;
  }
}
