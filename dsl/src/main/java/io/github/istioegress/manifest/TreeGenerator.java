package io.github.istioegress.manifest;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.base.GeneratorBase;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Takes what a serializer says as a tree, at once: Jackson's own way notes down each token and
 * reads the notes again.
 */
final class TreeGenerator extends GeneratorBase {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What a generator of text would need; a tree needs none of it. */
  private static final IOContext CONTEXT =
      new IOContext(
          StreamReadConstraints.defaults(),
          StreamWriteConstraints.defaults(),
          ErrorReportConfiguration.defaults(),
          new BufferRecycler(),
          ContentReference.unknown(),
          false);

  private final Deque<ContainerNode<?>> open = new ArrayDeque<>();
  private final Deque<String> names = new ArrayDeque<>();
  private JsonNode root = NullNode.instance;

  TreeGenerator(ObjectCodec codec) {
    super(0, codec, CONTEXT);
  }

  /** What was said. */
  JsonNode tree() {
    return root;
  }

  private void add(JsonNode value) {
    ContainerNode<?> in = open.peek();
    if (in instanceof ObjectNode object) {
      object.set(names.pop(), value);
    } else if (in instanceof ArrayNode list) {
      list.add(value);
    } else {
      root = value;
    }
  }

  private void begin(ContainerNode<?> container) {
    add(container);
    open.push(container);
  }

  @Override
  public void writeStartObject() {
    begin(NODES.objectNode());
  }

  @Override
  public void writeEndObject() {
    open.pop();
  }

  @Override
  public void writeStartArray() {
    begin(NODES.arrayNode());
  }

  @Override
  public void writeEndArray() {
    open.pop();
  }

  @Override
  public void writeFieldName(String name) {
    names.push(name);
  }

  @Override
  public void writeString(String text) {
    add(NODES.textNode(text));
  }

  @Override
  public void writeString(char[] text, int offset, int length) {
    writeString(new String(text, offset, length));
  }

  @Override
  public void writeNumber(int number) {
    add(NODES.numberNode(number));
  }

  @Override
  public void writeNumber(long number) {
    add(NODES.numberNode(number));
  }

  @Override
  public void writeNumber(BigInteger number) {
    add(NODES.numberNode(number));
  }

  @Override
  public void writeNumber(double number) {
    add(NODES.numberNode(number));
  }

  @Override
  public void writeNumber(float number) {
    add(NODES.numberNode(number));
  }

  @Override
  public void writeNumber(BigDecimal number) {
    add(NODES.numberNode(number));
  }

  @Override
  public void writeBoolean(boolean truth) {
    add(NODES.booleanNode(truth));
  }

  @Override
  public void writeNull() {
    add(NODES.nullNode());
  }

  @Override
  public void writeBinary(Base64Variant variant, byte[] bytes, int offset, int length) {
    byte[] part = new byte[length];
    System.arraycopy(bytes, offset, part, 0, length);
    add(NODES.binaryNode(part));
  }

  @Override
  public void writeNumber(String number) throws IOException {
    throw unlike(number);
  }

  @Override
  public void writeRaw(String text) throws IOException {
    throw unlike(text);
  }

  @Override
  public void writeRaw(String text, int offset, int length) throws IOException {
    throw unlike(text);
  }

  @Override
  public void writeRaw(char[] text, int offset, int length) throws IOException {
    throw unlike(new String(text, offset, length));
  }

  @Override
  public void writeRaw(char c) throws IOException {
    throw unlike(String.valueOf(c));
  }

  @Override
  public void writeRawUTF8String(byte[] text, int offset, int length) throws IOException {
    throw unlike("bytes");
  }

  @Override
  public void writeUTF8String(byte[] text, int offset, int length) throws IOException {
    throw unlike("bytes");
  }

  private static IOException unlike(String text) {
    return new IOException("no value of a tree: " + text);
  }

  @Override
  public void flush() {
    // A tree is there at once.
  }

  @Override
  protected void _releaseBuffers() {
    // There are none.
  }

  @Override
  protected void _verifyValueWrite(String typeMsg) {
    // The serializers are Jackson's own.
  }
}
