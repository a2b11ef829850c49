package io.github.istioegress.fleet;

import io.github.istioegress.intent.EgressPort;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.Handling;
import io.github.istioegress.intent.Origin;
import io.github.istioegress.intent.PortProtocol;
import io.github.istioegress.intent.TlsOrigination;
import io.github.istioegress.manifest.PlacedValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the destinations of a tenant. */
final class DestinationReader {

  private static final String NAME = "name";
  private static final String HOST = "host";
  private static final String PORT = "port";
  private static final String PROTOCOL = "protocol";
  private static final String ADDRESSES = "addresses";
  private static final String ORIGINATE = "originateTls";
  private static final List<String> KNOWN =
      List.of(NAME, HOST, PORT, PROTOCOL, ADDRESSES, ORIGINATE);
  private static final List<String> PROTOCOLS =
      Arrays.stream(PortProtocol.values()).map(Enum::name).toList();

  private DestinationReader() {}

  static TenantDestination read(String owner, PlacedValue value) {
    String what = "a destination of " + owner;
    Fields fields = Fields.of(what, value, KNOWN);
    PlacedValue host = fields.needed(HOST, "host: api.example.com");
    PlacedValue port = fields.needed(PORT, "port: 443");
    String name = fields.text(NAME, Words::isName, "use a DNS label").orElse("");
    return new TenantDestination(
        name,
        host(host, fields),
        port(port, fields, what),
        handling(value, fields, what),
        Origin.file(value.file(), host.line()));
  }

  private static ExternalHost host(PlacedValue value, Fields fields) {
    String text = fields.text(HOST, value, any -> true, "write a name such as api.example.com");
    if (text.startsWith("*")) {
      throw Fields.refused(
          value,
          "host '%s' is a wildcard".formatted(text),
          "name each host, or say Egress.toAnyOf in the template");
    }
    ExternalHost host = placed(value, () -> new ExternalHost(text));
    if (!host.name().equals(text)) {
      throw Fields.refused(
          value, "host '%s' is not as it is compared".formatted(text), "write " + host.name());
    }
    return host;
  }

  private static EgressPort port(PlacedValue value, Fields fields, String what) {
    int number = fields.number(PORT, 1, 65535).orElseThrow();
    Optional<String> protocol =
        fields.text(PROTOCOL, PROTOCOLS::contains, "use one of " + String.join(", ", PROTOCOLS));
    if (protocol.isEmpty() && number != 80 && number != 443) {
      throw Fields.refused(
          value,
          "port %s of %s does not say what is spoken there".formatted(number, what),
          "add protocol: " + String.join(", ", PROTOCOLS));
    }
    return placed(
        value,
        () ->
            protocol
                .map(word -> new EgressPort(number, PortProtocol.valueOf(word)))
                .orElseGet(() -> EgressPort.guess(number)));
  }

  private static Handling handling(PlacedValue value, Fields fields, String what) {
    String protocol = fields.field(PROTOCOL).map(said -> said.value().toString()).orElse("");
    boolean bytes = protocol.equals(PortProtocol.TCP.name());
    List<String> addresses =
        fields.list(
            ADDRESSES,
            item -> {
              String address = fields.text(ADDRESSES, item, any -> true, "use an IP address");
              placed(item, () -> Handling.none().at(List.of(address)));
              return address;
            });
    if (bytes ? addresses.isEmpty() : fields.field(ADDRESSES).isPresent()) {
      throw Fields.refused(
          fields.field(ADDRESSES).orElse(value),
          bytes
              ? "%s speaks TCP, and bytes name no host".formatted(what)
              : "%s has addresses, which only TCP needs".formatted(what),
          bytes ? "add addresses: [192.0.2.10]" : "leave them out");
    }
    Handling handling = bytes ? Handling.none().at(addresses) : Handling.none();
    Optional<Integer> tls = fields.number(ORIGINATE, 1, 65535);
    boolean guessed = protocol.isEmpty();
    boolean readable =
        guessed
            ? fields.number(PORT, 1, 65535).filter(port -> port == 80).isPresent()
            : PortProtocol.valueOf(protocol).isReadable();
    if (tls.isPresent() && !readable) {
      throw Fields.refused(
          fields.field(ORIGINATE).orElse(value),
          "%s asks for TLS around what is no plain HTTP".formatted(what),
          "leave originateTls out, or let the application speak HTTP, HTTP2 or GRPC");
    }
    return tls.map(port -> handling.originating(TlsOrigination.standard().toPort(port)))
        .orElse(handling);
  }

  /** The language's own refusal with the place before it. */
  private static <T> T placed(PlacedValue value, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(value.place() + ": " + e.getMessage(), e);
    }
  }
}
