package io.github.istioegress.trace;

import io.github.istioegress.manifest.JsonText;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands every call of these tests to Istio's own judge: with {@code -Dtrace.judge=FOLDER} each one
 * becomes a set there, for {@code conformance simulate --batch FOLDER} and {@code compare}.
 */
final class JudgeFolder {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private JudgeFolder() {}

  static void write(TestMesh mesh, Trace trace) {
    String folder = System.getProperty("trace.judge", "");
    if (folder.isEmpty()) {
      return;
    }
    try {
      Path set =
          Files.createDirectories(
              Path.of(folder, "%03d-%s".formatted(COUNTER.incrementAndGet(), testName())));
      Files.writeString(set.resolve("manifests.yaml"), manifests(mesh));
      Files.writeString(set.resolve("calls.yaml"), JsonText.of(calls(mesh, trace.call())));
      Files.writeString(
          set.resolve("flows.json"),
          JsonText.of(TraceReport.of(IstioVersion.V1_31, List.of(trace))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String testName() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> frame.getClassName().endsWith("Test"))
                    .reduce((inner, outer) -> outer)
                    .map(
                        frame ->
                            frame
                                    .getClassName()
                                    .substring(frame.getClassName().lastIndexOf('.') + 1)
                                + "."
                                + frame.getMethodName())
                    .orElse("test"));
  }

  private static String manifests(TestMesh mesh) {
    String config =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: istio, namespace: istio-system}
        data: {mesh: "outboundTrafficPolicy: {mode: %s}"}
        """
            .formatted(mesh.policy());
    return Manifests.join(config, mesh.manifests());
  }

  private static Map<String, Object> calls(TestMesh mesh, Call call) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put(
        "from",
        Map.of(
            "namespace",
            call.from().namespace(),
            "labels",
            call.from().labels(),
            "serviceAccount",
            call.from().serviceAccount(),
            "annotations",
            call.from().annotations()));
    said.put("to", call.url());
    said.put("method", call.method());
    if (!call.address().isEmpty()) {
      said.put("address", call.address());
    }
    if (!call.sni().isEmpty()) {
      said.put("sni", call.sni());
    }
    said.put("headers", call.headers());
    return Map.of(
        "gateways", mesh.gateways().stream().map(JudgeFolder::gateway).toList(),
        "calls", List.of(said));
  }

  private static Map<String, Object> gateway(GatewayWorkload gateway) {
    List<Object> ports = new ArrayList<>();
    gateway
        .ports()
        .forEach(port -> ports.add(Map.of("port", port.port(), "targetPort", port.targetPort())));
    return Map.of(
        "name", gateway.name(),
        "namespace", gateway.namespace(),
        "labels", gateway.labels(),
        "ports", ports);
  }
}
