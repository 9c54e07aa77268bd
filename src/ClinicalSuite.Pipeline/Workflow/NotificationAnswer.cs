namespace ClinicalSuite.Pipeline.Workflow;

/// <summary>What became of one attempt to tell somebody something.</summary>
/// <param name="MayPass">It may work later.</param>
internal sealed record NotificationAnswer(bool IsDone, bool MayPass = false, string Cause = "", string Remedy = "");
