package io.github.istioegress.trace.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {

  private static final Answer UNKNOWN = Answer.unknown("the weather");

  @Test
  void whatIsNotKnownMattersOnlyWhereTheRestDoesNotDecide() {
    assertThat(UNKNOWN.and(Answer.NO)).isEqualTo(Answer.NO);
    assertThat(Answer.NO.and(UNKNOWN)).isEqualTo(Answer.NO);
    assertThat(UNKNOWN.and(Answer.YES)).isEqualTo(UNKNOWN);
    assertThat(Answer.YES.and(UNKNOWN)).isEqualTo(UNKNOWN);
    assertThat(UNKNOWN.or(Answer.YES)).isEqualTo(Answer.YES);
    assertThat(Answer.NO.or(UNKNOWN)).isEqualTo(UNKNOWN);
    assertThat(UNKNOWN.not()).isEqualTo(UNKNOWN);
  }

  @Test
  void whatIsKnownIsPlainLogic() {
    assertThat(Answer.YES.and(Answer.YES)).isEqualTo(Answer.YES);
    assertThat(Answer.YES.and(Answer.NO)).isEqualTo(Answer.NO);
    assertThat(Answer.NO.or(Answer.YES)).isEqualTo(Answer.YES);
    assertThat(Answer.YES.not()).isEqualTo(Answer.NO);
  }

  @Test
  void ofNoValuesNoneHolds() {
    assertThat(Answer.any(List.of(), value -> Answer.YES)).isEqualTo(Answer.NO);
  }
}
