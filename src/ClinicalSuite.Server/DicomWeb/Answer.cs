using System.Text;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>Answers that are one sentence: what is wrong and what would be right, never a value of a data set.</summary>
internal static class Answer
{
    internal static IResult NotFound => Sentence(StatusCodes.Status404NotFound, "There is no such object here.");

    internal static IResult BadRequest(string sentence) => Sentence(StatusCodes.Status400BadRequest, sentence);

    /// <param name="offered">The media types that could be had.</param>
    internal static IResult NotAcceptable(params string[] offered) => Sentence(
        StatusCodes.Status406NotAcceptable, "None of the media types that are accepted can be had; there is: "
            + string.Join(", ", offered) + ".");

    internal static IResult Sentence(int status, string sentence) =>
        Results.Text(sentence + "\n", "text/plain", Encoding.UTF8, status);
}
