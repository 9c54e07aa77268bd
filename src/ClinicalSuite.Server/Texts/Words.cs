namespace ClinicalSuite.Server.Texts;

/// <summary>The words of the pages in the reader's language; the English word is the key.</summary>
public sealed class Words(string language)
{
    public string Language { get; } = language == "zh" ? "zh" : "en";

    public string this[string english] =>
        Language == "zh" && Chinese.Words.TryGetValue(english, out var word) ? word : english;

    /// <summary>A sentence that the pipeline wrote into the store, in English; what is not known stays as it is.</summary>
    public string Sentence(string english) => Language == "zh" ? ChineseSentences.Of(english) : english;
}
