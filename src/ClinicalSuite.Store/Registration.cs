using ClinicalSuite.Store.Instances;

namespace ClinicalSuite.Store;

/// <summary>A journal entry and what its header says; without facts it is registered by itself, with the problem.</summary>
public sealed record Registration(JournalEntry Entry, InstanceFacts? Facts, string Problem = "");
