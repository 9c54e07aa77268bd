using Microsoft.AspNetCore.SignalR;

namespace ClinicalSuite.Server.Live;

/// <summary>Where open pages listen: <c>changed</c> with UIDs, <c>progress</c> of runs.</summary>
public sealed class LiveHub : Hub
{
    internal const string List = "list";

    /// <summary>A page says what it shows: a study, or with an empty text a list.</summary>
    public Task Follow(string studyUid) =>
        Groups.AddToGroupAsync(Context.ConnectionId, string.IsNullOrEmpty(studyUid) ? List : Study(studyUid), Context.ConnectionAborted);

    internal static string Study(string uid) => "study:" + uid;
}
