using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace ClinicalSuite.Dicom.Web;

/// <summary>The user side of STOW-RS, QIDO-RS and WADO-RS (PS3.18 10.4 to 10.6). Safe for use from several threads.</summary>
public sealed class DicomWebClient : IDisposable
{
    private const int MostSaid = 300;

    private readonly DicomWebClientOptions options;
    private readonly HttpClient http;

    /// <exception cref="IOException">The file of authorities cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It holds no certificate.</exception>
    public DicomWebClient(DicomWebClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        var root = options.Root.AbsoluteUri;
        http = new HttpClient(Handler(options), disposeHandler: true)
        {
            BaseAddress = new Uri(root.EndsWith('/') ? root : root + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.Authorization = options.Authorization;
    }

    /// <summary>STOW-RS: sends files in one request, as they are.</summary>
    /// <returns>What the service says of each instance that it names.</returns>
    public Task<WebAnswer<IReadOnlyList<StoredReference>>> StoreAsync(
        IReadOnlyList<string> files, CancellationToken cancellation) =>
        AskAsync<IReadOnlyList<StoredReference>>(
            new HttpRequestMessage(HttpMethod.Post, "studies") { Content = new PartContent(files) },
            DicomMediaTypes.DicomJson,
            // 409: none was kept, and the body says why of each (PS3.18 10.5.3.1).
            status => (int)status is >= 200 and < 300 or 409,
            async (content, token) => References(await ReadJsonAsync(content, token)),
            cancellation);

    /// <summary>QIDO-RS.</summary>
    /// <param name="path">What is looked for: <c>studies</c>, <c>studies/UID/series</c>, <c>instances</c>.</param>
    /// <param name="query">Names (keyword or tag) with values, and parameters such as <c>limit</c>.</param>
    public Task<WebAnswer<IReadOnlyList<DicomDataset>>> SearchAsync(
        string path, IEnumerable<(string Name, string Value)> query, CancellationToken cancellation)
    {
        var text = string.Join('&', query.Select(q => $"{Uri.EscapeDataString(q.Name)}={Escape(q.Value)}"));
        return AskAsync(
            new HttpRequestMessage(HttpMethod.Get, text.Length == 0 ? path : $"{path}?{text}"), DicomMediaTypes.DicomJson,
            IsSuccess, ReadJsonAsync, cancellation);
    }

    /// <summary>
    /// Reads back: of some instances of a study, those that the service finds in it (QIDO-RS, one query for the study).
    /// </summary>
    public async Task<WebAnswer<IReadOnlySet<string>>> FindInstancesAsync(
        string studyUid, IReadOnlyCollection<string> sopInstanceUids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sopInstanceUids);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in sopInstanceUids.Chunk(50))
        {
            // A list of UIDs where the service takes one; what it finds too much is dropped here.
            var answer = await SearchAsync(
                $"studies/{studyUid}/instances",
                [("SOPInstanceUID", string.Join(',', some)), ("limit", some.Length.ToString((IFormatProvider?)null))],
                cancellation);
            switch (answer)
            {
                case WebAnswer<IReadOnlyList<DicomDataset>>.Given given:
                    found.UnionWith(given.Value.Select(one => one.GetStringOrEmpty(DicomTag.SOPInstanceUID)).Intersect(some));
                    break;
                case WebAnswer<IReadOnlyList<DicomDataset>>.Refused refused:
                    return new WebAnswer<IReadOnlySet<string>>.Refused(refused.Status, refused.Said);
                case WebAnswer<IReadOnlyList<DicomDataset>>.Lost lost:
                    return new WebAnswer<IReadOnlySet<string>>.Lost(lost.Cause);
            }
        }

        return new WebAnswer<IReadOnlySet<string>>.Given(found);
    }

    /// <summary>WADO-RS: the data sets of a study, series or instance without their bulk.</summary>
    /// <param name="path"><c>studies/UID</c> and what follows.</param>
    public Task<WebAnswer<IReadOnlyList<DicomDataset>>> MetadataAsync(string path, CancellationToken cancellation) =>
        AskAsync(
            new HttpRequestMessage(HttpMethod.Get, path + "/metadata"), DicomMediaTypes.DicomJson, IsSuccess, ReadJsonAsync,
            cancellation);

    /// <summary>WADO-RS: whatever comes in parts; each is handed over while it arrives.</summary>
    /// <param name="path"><c>studies/UID</c>, or further down to <c>frames/1,2</c>.</param>
    /// <param name="accept">For example <c>multipart/related; type="application/dicom"; transfer-syntax=*</c>.</param>
    /// <returns>How many parts came.</returns>
    public Task<WebAnswer<int>> RetrieveAsync(
        string path, string accept, Func<MultipartPart, CancellationToken, Task> take, CancellationToken cancellation) =>
        AskAsync(
            new HttpRequestMessage(HttpMethod.Get, path), accept, IsSuccess,
            async (content, token) =>
            {
                var type = MediaType.Parse(content.Headers.ContentType?.ToString());
                var reader = new MultipartReader(await content.ReadAsStreamAsync(token), type?["boundary"]);
                var count = 0;
                while (await reader.NextAsync(token) is { } part)
                {
                    await take(part, token);
                    count++;
                }

                return count;
            },
            cancellation);

    public void Dispose() => http.Dispose();

    /// <summary>
    /// What RFC 3986 3.4 lets stand in a query stays: Orthanc 1.10 takes an escaped wild card by its letters and finds nothing.
    /// </summary>
    private static string Escape(string value) => Uri.EscapeDataString(value)
        .Replace("%2A", "*", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal)
        .Replace("%3A", ":", StringComparison.Ordinal);

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;

    private static SocketsHttpHandler Handler(DicomWebClientOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectPatience,
            AutomaticDecompression = DecompressionMethods.All,
            // What is sent to one service goes to no other, and its token neither.
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        if (options.AuthoritiesFile is { } path)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(path);
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        return handler;
    }

    private async Task<WebAnswer<T>> AskAsync<T>(
        HttpRequestMessage request, string accept, Func<HttpStatusCode, bool> isGood,
        Func<HttpContent, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using (request)
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            limit.CancelAfter(options.Patience);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            try
            {
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                return isGood(response.StatusCode)
                    ? new WebAnswer<T>.Given(await read(response.Content, limit.Token))
                    : new WebAnswer<T>.Refused(response.StatusCode, await SaidAsync(response, limit.Token));
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return new WebAnswer<T>.Lost($"no answer within {options.Patience.TotalSeconds:0} s");
            }
            catch (Exception problem) when (problem is HttpRequestException or IOException or InvalidDataException
                or DicomFormatException or JsonException)
            {
                return new WebAnswer<T>.Lost(problem is JsonException ? "the answer is no JSON" : Cause(problem));
            }
        }
    }

    private async Task<IReadOnlyList<DicomDataset>> ReadJsonAsync(HttpContent content, CancellationToken cancellation)
    {
        using var text = new MemoryStream();
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[64 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (text.Length + count > options.MostJsonBytes)
            {
                throw new InvalidDataException($"an answer of more than {options.MostJsonBytes} bytes");
            }

            text.Write(buffer, 0, count);
        }

        if (text.Length == 0)
        {
            return []; // 204: nothing was found
        }

        using var document = JsonDocument.Parse(text.GetBuffer().AsMemory(0, (int)text.Length), DicomJson.Parsing);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Select(one => DicomJson.Read(one))]
            : [DicomJson.Read(document.RootElement)];
    }

    private static List<StoredReference> References(IReadOnlyList<DicomDataset> answer)
    {
        var references = new List<StoredReference>();
        foreach (var response in answer)
        {
            references.AddRange(response.GetSequence(DicomTag.ReferencedSOPSequence).Select(item => Reference(item, null)));
            references.AddRange(response.GetSequence(DicomTag.FailedSOPSequence).Select(item =>
                Reference(item, item.TryGetInt(DicomTag.FailureReason, out var reason) ? reason : 0)));
        }

        return references;
    }

    private static StoredReference Reference(DicomDataset item, int? failure) => new(
        item.GetStringOrEmpty(DicomTag.ReferencedSOPInstanceUID), failure,
        item.TryGetInt(DicomTag.WarningReason, out var warning) ? warning : null,
        item.GetStringOrEmpty(DicomTag.ErrorComment));

    /// <summary>The beginning of what a refusal says, on one line; pages in HTML say nothing that helps.</summary>
    private static async Task<string> SaidAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentType?.MediaType is "text/html")
        {
            return "";
        }

        var bytes = new byte[4 * MostSaid];
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        var text = Encoding.UTF8.GetString(bytes, 0, count).ReplaceLineEndings(" ").Trim();
        return text.Length <= MostSaid ? text : text[..MostSaid];
    }

    private static string Cause(Exception problem) =>
        problem.InnerException is { } inner ? $"{problem.Message} ({inner.Message})" : problem.Message;
}
