// Seeded mistakes: the protocol made wrong on purpose, so that tests can show they would notice.
//
// In every normal build seeded(...) is the constant false and the wrong branches vanish. The model
// test builds the storage layers a second time with DAM_SEEDED_MISTAKES and chooses one at run
// time.
#pragma once

namespace dam {

enum class Mistake : int {
  kNone,
  kCheckpointSkipsBodySync,
  kCheckpointSkipsHeaderSync,
  kCheckpointBeforeSyncs,
  kRecoverySkipsRewrite,
  kRecoverySkipsBodySync,
  kRecoverySkipsHeaderSync,
  kRecoverySkipsRedo,
  kRecoveryKeepsOpenBatch,
  kNoFreshSalt,
  kSaltNotChecked,
  kPayloadNotChecked,
  kAbortedBatchNotKilled,
  kWordBelowCheckpointOverwritten,
  kWordOfBegunCheckpointOverwritten,
  kSuspectNotSynced,
  kSuspectIgnored,
  kSequenceReused,
  kDurableSkipsSync,
  kPublishBeforeWords,
  kCreateHeaderFirst,
  kPruneSkipsBodySync,
  kPruneSkipsHeaderSync,
  kPruneSkipsFirstNamesSync,
  kPruneSkipsNamesSync,
  kPruneSkipsSwitchSync,
  kPruneRenamesBodyFirst,
  kPruneSkipsLastPass,
  kRollForwardSkipsSync,
  kOpenDropsNewBody,
  kReaderIgnoresNewBody,
  kOpenCommitIgnored,
  kOpenCommitLeftSet,
  kPoisonLeavesNoWord,
  kTurnKeepsPoint,
  kTurnKeepsCheckpoint,
  kTurnKeepsFiles,
  kRedoDropsPublished,
};

#ifdef DAM_SEEDED_MISTAKES
inline Mistake seeded_mistake = Mistake::kNone;
inline bool seeded(Mistake mistake) { return seeded_mistake == mistake; }
#else
constexpr bool seeded(Mistake) { return false; }
#endif

}  // namespace dam
