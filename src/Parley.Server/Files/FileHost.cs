using Microsoft.AspNetCore.Http;
using Parley.Core.Files;
using Parley.Server.Options;

namespace Parley.Server.Files;

/// <summary>Terms of uploading: whether it is possible here, where, and how long files stay.</summary>
/// <param name="options">The settings.</param>
/// <param name="time">The clock.</param>
/// <param name="store">Where files are kept; null if nowhere.</param>
internal sealed class FileHost(ParleyOptions options, TimeProvider time, IFileStore? store = null)
{
    /// <summary>Path of uploads, and of files below it.</summary>
    public const string Path = "/files";

    /// <summary>Name of the service that tokens for uploads are issued for.</summary>
    public const string ServiceName = "FILEHOST";

    /// <summary>Time that a file stays which no message links to.</summary>
    public static readonly TimeSpan Unused = TimeSpan.FromDays(1);

    /// <summary>Time after a message is taken back in which its author may link to its files again, as who edits it does.</summary>
    public static readonly TimeSpan Afterlife = TimeSpan.FromMinutes(1);

    /// <summary>True if somebody may upload files.</summary>
    public bool IsOn => store is not null && options.Files != FilePolicy.Off;

    /// <summary>True if that takes an account.</summary>
    public bool NeedsAccount => options.Files == FilePolicy.Accounts;

    /// <summary>Bytes that a file may have.</summary>
    public long MaxBytes => options.MaxFileMegabytes * 1_000_000L;

    /// <summary>Limits of pictures.</summary>
    public PictureLimits PictureLimits => new(options.MaxPictureMegapixels * 1_000_000L, options.PictureSide, PreviewSide: Math.Min(800, options.PictureSide));

    /// <summary>The address of uploads for those who came by no address of ours, as set; null if none is.</summary>
    public string? PublicUrl => !IsOn || ParleyOptions.IsNone(options.FilesUrl) ? null : options.FilesUrl.TrimEnd('/');

    /// <summary>The address of uploads for whoever has sent a request.</summary>
    /// <param name="request">The request, for whichever endpoint.</param>
    /// <param name="endpoint">The end of that endpoint's path.</param>
    public string? UrlFor(HttpRequest request, string endpoint)
    {
        if (!IsOn || PublicUrl is { } url)
        {
            return PublicUrl;
        }

        var path = $"{request.PathBase}{request.Path}";
        var at = path.LastIndexOf(endpoint, StringComparison.OrdinalIgnoreCase);
        return request.Host.HasValue && at >= 0 ? $"{request.Scheme}://{request.Host}{path[..at]}{Path}" : null;
    }

    /// <summary>True if files of a type may be uploaded.</summary>
    public bool Takes(string mediaType) => options.FileTypes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Any(pattern => pattern is "*" or "*/*"
            || (pattern.EndsWith("/*", StringComparison.Ordinal) ? mediaType.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase) : mediaType.Equals(pattern, StringComparison.OrdinalIgnoreCase)));

    /// <summary>True if a file is shown to nobody any more.</summary>
    public bool IsOver(StoredFile file) => IsOver(file, time.GetUtcNow());

    private bool IsOver(StoredFile file, DateTimeOffset now)
    {
        var days = options.History ? options.HistoryDays : 1;
        return file.Use == FileUse.TakenBack || (days > 0 && file.Uploaded.AddDays(days) <= now) || IsUnused(file, now);
    }

    /// <summary>True if a file is to be removed.</summary>
    /// <param name="file">The file.</param>
    /// <param name="now">The time to remove by, which a clock that is wrong for a while does not move far.</param>
    public bool IsToGo(StoredFile file, DateTimeOffset now)
        => IsOver(file, now) && (file.Use != FileUse.TakenBack || file.UsedSince + Afterlife <= time.GetUtcNow());

    private static bool IsUnused(StoredFile file, DateTimeOffset now) => file.Use == FileUse.Waiting && file.Uploaded + Unused <= now;
}
