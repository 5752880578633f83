using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Parley.Protocol.Framing;
using Parley.Server.Http;

namespace Parley.Server.Files;

/// <summary>Description of an upload by its own headers: https://github.com/ircv3/ircv3-specifications/pull/562.</summary>
/// <remarks>
/// <code>
/// Content-Disposition: attachment; filename="NAME"; filename*=UTF-8''NAME      (RFC 6266; the name may be missing)
/// Content-Type: TYPE                                                            (may be missing)
/// Content-Length: BYTES                                                         (may be missing)
/// </code>
/// </remarks>
/// <param name="Name">The file's name; empty if it has none.</param>
/// <param name="MediaType">Type that it is said to be, in small letters and without parameters; empty if nothing is said.</param>
/// <param name="Bytes">Its length; null if it is not known.</param>
internal sealed record UploadHeader(string Name, string MediaType, long? Bytes)
{
    /// <summary>Bytes of a name, which has to fit into links, and into what file systems take.</summary>
    public const int MaxNameBytes = 120;

    /// <summary>Reads the headers of a request.</summary>
    /// <exception cref="ProblemException">The name, or the type, will not do.</exception>
    public static UploadHeader Read(IHeaderDictionary headers) => Parse(headers.ContentDisposition.ToString(), headers.ContentType.ToString(), headers.ContentLength);

    /// <summary>Reads headers.</summary>
    /// <exception cref="ProblemException">The name, or the type, will not do.</exception>
    public static UploadHeader Parse(string disposition, string contentType, long? bytes)
    {
        var name = disposition.Length == 0 ? "" : NameIn(disposition) ?? throw Bad("Content-Disposition will not do: give attachment; filename=\"NAME\"");
        if (FaultOf(name) is { } fault)
        {
            throw Bad(fault);
        }

        var type = contentType.Length == 0 ? "" : MediaTypeHeaderValue.TryParse(contentType, out var media) && media.MediaType.HasValue
            ? media.MediaType.Value!.ToLowerInvariant()
            : throw Bad("Content-Type will not do: give a type such as image/png");
        if (type.StartsWith("multipart/", StringComparison.Ordinal))
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "Send the file itself, not a form: curl --data-binary @FILE");
        }

        return new UploadHeader(name, type, bytes);
    }

    /// <summary>Returns the name in a header; null if it has none that can be read.</summary>
    private static string? NameIn(string disposition)
    {
        try
        {
            // A parameter without a value has the framework throw when it is looked at.
            return ContentDispositionHeaderValue.TryParse(disposition, out var parsed) && parsed.Parameters.All(parameter => parameter.Value.HasValue)
                ? (parsed.FileNameStar.HasValue ? parsed.FileNameStar : HeaderUtilities.RemoveQuotes(parsed.FileName)).ToString().Trim()
                : null;
        }
        catch (NotSupportedException)
        {
            // The name is in an encoding that the framework knows and will not read.
            return null;
        }
    }

    /// <summary>Returns the fault of a name; null if it has none.</summary>
    private static string? FaultOf(string name)
    {
        if (name.Any(character => character == '\t' || character == '\uFFFD' || Utf8Text.IsUnsafe(character)))
        {
            // A name that turns writing around shows another ending than it has.
            return "The name has characters that are not to be seen: rename the file";
        }

        return name.AsSpan().ContainsAny('/', '\\') || name is "." or ".." ? "The name has a path in it: give the file's own name"
            : Encoding.UTF8.GetByteCount(name) > MaxNameBytes ? $"The name is too long (at most {MaxNameBytes} bytes): rename the file"
            : null;
    }

    private static ProblemException Bad(string detail) => new(StatusCodes.Status400BadRequest, detail);
}
