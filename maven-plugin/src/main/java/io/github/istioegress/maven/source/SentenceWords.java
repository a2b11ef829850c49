package io.github.istioegress.maven.source;

import com.palantir.javapoet.CodeBlock;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.intent.Ca;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.DeclaredProtocol;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.Ejection;
import io.github.istioegress.intent.Fault;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.NamedObject;
import io.github.istioegress.intent.Pods;
import io.github.istioegress.intent.Requests;
import io.github.istioegress.intent.Retries;
import io.github.istioegress.intent.RetryOn;
import io.github.istioegress.intent.TlsOrigination;
import io.github.istioegress.intent.TrafficPolicy;
import io.github.istioegress.intent.Visibility;
import io.github.istioegress.intent.Waypoint;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A sentence in the words of the language.
 *
 * @param gateways how a gateway is referred to
 * @param waypoints how a waypoint is referred to
 */
record SentenceWords(
    Function<EgressGateway, CodeBlock> gateways, Function<Waypoint, CodeBlock> waypoints) {

  /**
   * The expression.
   *
   * @throws IllegalArgumentException when it has a word that is not written yet
   */
  CodeBlock of(EgressIntent said) {
    Words words = host(said);
    words.and(".$L($L)", said.port().protocol().word(), said.port().number());
    if (!said.handling().addresses().isEmpty()) {
      words.and(".at($L)", Words.texts(said.handling().addresses()));
    }
    said.handling().origination().ifPresent(tls -> origination(tls, words));
    way(said, words);
    said.handling()
        .origination()
        .flatMap(TlsOrigination::only)
        .ifPresent(pods -> words.and(".only($L)", pods(pods)));
    admission(said, words);
    policy(said.policy(), words);
    names(said, words);
    return words.block();
  }

  private static Words host(EgressIntent said) {
    if (said.handling().answering().isPresent() || said.path().forwardProxy().isPresent()) {
      throw new IllegalArgumentException("%s cannot be written in Java yet".formatted(said));
    }
    String host = said.host().name();
    if (!said.host().isWildcard()) {
      return Words.of("$T.to($S)", Egress.class, host);
    }
    Words words = Words.of("$T.toAnyOf($S)", Egress.class, host);
    said.handling()
        .serving()
        .orElseThrow(() -> new IllegalArgumentException(said + " says not how it is served"))
        .match(
            by -> words.and(".servedBy($S)", by.host().name()),
            () -> words.and(".unresolved()"),
            () -> words.and(".dynamicDns(mesh)"));
    return words;
  }

  private static void origination(TlsOrigination tls, Words words) {
    words.and(".originateTls()");
    if (tls.toPort() != 443) {
      words.and(".toPort($L)", tls.toPort());
    }
    if (tls.ca().inConfigMap().isPresent()) {
      words.and(".trusting($T.configMap($S, mesh))", Ca.class, tls.ca().inConfigMap().get());
    } else if (!tls.ca().equals(Ca.system())) {
      words.and(".trusting($T.file($S))", Ca.class, tls.ca().from());
    }
    if (!tls.subjectAltNames().isEmpty()) {
      words.and(".san($L)", Words.texts(tls.subjectAltNames()));
    }
    tls.clientCertificate().ifPresent(secret -> words.and(".clientCertificate($S)", secret));
  }

  private void way(EgressIntent said, Words words) {
    Optional<EgressGateway> gateway = said.path().gateway();
    Optional<Waypoint> waypoint = said.path().waypoint();
    if (waypoint.isPresent()) {
      words.and(".via($L)", waypoints.apply(waypoint.get()));
    } else if (gateway.isEmpty()) {
      words.and(".direct()");
    } else {
      // Who names callers has the hop already.
      boolean mutual =
          said.path().hop() == GatewayHop.ISTIO_MUTUAL && said.admission().callers().isEmpty();
      words.and(
          mutual ? ".via($L.overIstioMutualTls())" : ".via($L)", gateways.apply(gateway.get()));
    }
  }

  private static CodeBlock pods(Pods pods) {
    TreeMap<String, String> labels = new TreeMap<>(pods.labels());
    if (labels.size() == 1) {
      Map.Entry<String, String> label = labels.firstEntry();
      return Code.of("$T.labelled($S, $S)", Pods.class, label.getKey(), label.getValue());
    }
    CodeBlock entries =
        CodeBlock.join(
            labels.entrySet().stream()
                .map(one -> Code.of("$T.entry($S, $S)", Map.class, one.getKey(), one.getValue()))
                .toList(),
            ", ");
    return Code.of("new $T($T.ofEntries($L))", Pods.class, Map.class, entries);
  }

  private static void admission(EgressIntent said, Words words) {
    if (!said.admission().callers().isEmpty()) {
      words.and(
          ".from($L)",
          CodeBlock.join(
              said.admission().callers().stream().map(SentenceWords::caller).toList(), ", "));
    }
    if (!said.admission().requests().isEmpty()) {
      words.and(
          ".allow($L)",
          CodeBlock.join(
              said.admission().requests().stream().map(SentenceWords::request).toList(), ", "));
    }
  }

  private static CodeBlock caller(Callers caller) {
    return caller
        .serviceAccount()
        .map(name -> Code.of("$T.serviceAccount($S, $S)", Callers.class, caller.namespace(), name))
        .orElseGet(() -> Code.of("$T.namespace($S)", Callers.class, caller.namespace()));
  }

  private static CodeBlock request(Requests request) {
    return request
        .method()
        .map(
            method ->
                method.equals("GET") || method.equals("POST")
                    ? Code.of(
                        "$T.$L($S)",
                        Requests.class,
                        method.toLowerCase(java.util.Locale.ROOT),
                        request.path())
                    : Code.of("$T.of($S, $S)", Requests.class, method, request.path()))
        .orElseGet(() -> Code.of("$T.path($S)", Requests.class, request.path()));
  }

  private static void policy(TrafficPolicy policy, Words words) {
    if (!policy.mirrors().isEmpty()) {
      throw new IllegalArgumentException("mirroredTo cannot be written in Java yet");
    }
    policy.timeout().ifPresent(time -> words.and(".timeout($L)", Words.time(time)));
    policy.retries().ifPresent(retries -> retries(retries, words));
    policy.fault().ifPresent(fault -> words.and(".fault($L)", fault(fault)));
    if (policy.connections().isPresent()) {
      words.and(".connections($L)", policy.connections().getAsInt());
    }
    policy.connectTimeout().ifPresent(time -> words.and(".connectTimeout($L)", Words.time(time)));
    policy.ejection().ifPresent(after -> words.and(".ejectAfter($L)", ejection(after)));
  }

  private static void retries(Retries retries, Words words) {
    CodeBlock.Builder arguments = CodeBlock.builder().add("$L", retries.attempts());
    retries.on().forEach(one -> arguments.add(", $T.$L", RetryOn.class, one.name()));
    words.and(".retries($L)", arguments.build());
  }

  private static CodeBlock fault(Fault fault) {
    if (fault.delay().isPresent() && fault.abort().isPresent()) {
      return Code.of(
          "new $T($T.of($L), $T.of($L), $L)",
          Fault.class,
          Optional.class,
          Words.time(fault.delay().get()),
          Optional.class,
          fault.abort().get(),
          fault.percent());
    }
    CodeBlock what =
        fault
            .delay()
            .map(time -> Code.of("$T.delay($L)", Fault.class, Words.time(time)))
            .orElseGet(() -> Code.of("$T.abort($L)", Fault.class, fault.abort().orElse(0)));
    return fault.percent() == 100 ? what : Code.of("$L.percent($L)", what, fault.percent());
  }

  private static CodeBlock ejection(Ejection after) {
    boolean all = after.counted() == Ejection.Counted.FIVE_XX;
    CodeBlock counted =
        Code.of(
            "$T.$L($L)",
            Ejection.class,
            all ? "consecutive5xx" : "consecutiveGatewayErrors",
            after.consecutive());
    Ejection standard = Ejection.consecutive5xx(1);
    return after.baseTime().equals(standard.baseTime())
        ? counted
        : Code.of("$L.lasting($L)", counted, Words.time(after.baseTime()));
  }

  private static void names(EgressIntent said, Words words) {
    for (NamedObject object : NamedObject.values()) {
      String name = said.names().get(object);
      if (name != null) {
        words.and(".$L($S)", object.word(), name);
      }
    }
    said.declaredProtocol()
        .ifPresent(
            protocol -> words.and(".declaredAs($T.$L)", DeclaredProtocol.class, protocol.name()));
    said.visibility().ifPresent(to -> words.and(".visible($T.$L)", Visibility.class, to.name()));
  }
}
