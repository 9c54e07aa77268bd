namespace ClinicalSuite.Store;

/// <summary>What a destination answered: in our words with its codes, and in its own, which may name the patient.</summary>
public readonly record struct PeerAnswer(string Text, Phi<string> Said = default)
{
    public static implicit operator PeerAnswer(string text) => new(text);

    /// <summary>Both, for the row of the delivery.</summary>
    internal string Whole => string.IsNullOrEmpty(Said.Reveal()) ? Text : $"{Text}: {Said.Reveal()}";
}
