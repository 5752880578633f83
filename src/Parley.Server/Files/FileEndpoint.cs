using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Parley.Core.Accounts;
using Parley.Core.Files;
using Parley.Server.Http;
using Parley.Server.Json;
using Parley.Server.Options;

namespace Parley.Server.Files;

/// <summary>Files at <c>/files</c>: taken in by POST, and read by whoever knows their link. docs/protocols/files.md is its specification.</summary>
internal sealed class FileEndpoint(
    FileHost host, FileUploads uploads, UploadLogin login, OriginRule origins, ParleyOptions options, ILogger<FileEndpoint> logger, IFileStore? store = null)
{
    private const string PreviewQuery = "preview";

    /// <summary>Content security policy of a file that a browser opens: it may be seen, and do nothing.</summary>
    private const string Policy = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    public void Map(IEndpointRouteBuilder routes)
    {
        if (!host.IsOn)
        {
            return;
        }

        routes.MapPost(FileHost.Path, http => AnswerAsync(http, UploadAsync));
        routes.MapMethods(FileHost.Path, [HttpMethods.Options], TellTermsAsync);
        routes.MapMethods(FileHost.Path + "/{id}/{name?}", [HttpMethods.Get, HttpMethods.Head], http => AnswerAsync(http, SendAsync));
    }

    private async Task AnswerAsync(HttpContext http, Func<HttpContext, Task> answer)
    {
        try
        {
            await answer(http);
        }
        catch (ProblemException e)
        {
            await e.Problem.WriteAsync(http);
        }
        catch (FileStoreException e)
        {
            Log.FilesFailed(logger, e.Message);
            await new Problem(StatusCodes.Status503ServiceUnavailable, "Files cannot be read at the moment, try again later").WriteAsync(http);
        }
        catch (AccountStoreException e)
        {
            Log.FilesFailed(logger, e.Message);
            await new Problem(StatusCodes.Status503ServiceUnavailable, "Accounts cannot be looked up at the moment, try again later").WriteAsync(http);
        }
        catch (Exception e) when (e is BadHttpRequestException or IOException or OperationCanceledException)
        {
            // Whoever was sending, or reading, has gone: nothing was kept, and nobody is there to be told.
            http.Abort();
        }
    }

    private async Task UploadAsync(HttpContext http)
    {
        Allow(http);
        if (!origins.Allows(http.Request))
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "Pages of this origin may not upload: see --web-origins");
        }

        var header = UploadHeader.Read(http.Request.Headers);
        var uploader = await login.AuthenticateAsync(http);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // Counted as it comes, with an answer that says the limit.
            limit.MaxRequestBodySize = null;
        }

        var file = await uploads.TakeAsync(uploader, header, http.Request.Body, http.RequestAborted);
        var location = $"{host.UrlFor(http.Request, FileHost.Path) ?? http.Request.Path}/{file.Id}/{Uri.EscapeDataString(file.Name)}";
        var body = JsonBody.Encode(json =>
        {
            json.WriteString("url", location);
            json.WriteString("name", file.Name);
            json.WriteString("type", file.MediaType);
            json.WriteNumber("bytes", file.Bytes);
            if (file.IsPicture)
            {
                json.WriteNumber("width", file.Width);
                json.WriteNumber("height", file.Height);
            }
        });
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.Headers.Location = location;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>Says what is taken, and lets the pages upload that may connect.</summary>
    private Task TellTermsAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.Allow = "OPTIONS, POST";
        headers["Accept-Post"] = string.Join(", ", options.FileTypes.Split(',', StringSplitOptions.TrimEntries).Select(type => type == "*" ? "*/*" : type));

        // https://datatracker.ietf.org/doc/draft-ietf-httpbis-resumable-upload/: the header by which a server says how much it takes.
        headers["Upload-Limit"] = FormattableString.Invariant($"max-size={host.MaxBytes}");
        if (Allow(http))
        {
            headers.AccessControlAllowMethods = "POST, OPTIONS";
            headers.AccessControlAllowHeaders = "Authorization, Content-Type, Content-Disposition";
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private bool Allow(HttpContext http)
    {
        var origin = http.Request.Headers.Origin;
        if (origin.Count == 0 || !origins.Allows(http.Request))
        {
            return false;
        }

        http.Response.Headers.AccessControlAllowOrigin = origin;
        http.Response.Headers.AccessControlExposeHeaders = "Location, Upload-Limit";
        http.Response.Headers.Vary = HeaderNames.Origin;
        return true;
    }

    /// <summary>True if the address is spelled as a message that links to the file spells it: by another spelling nobody would find the file that goes with a message.</summary>
    private static bool IsLink(HttpContext http, FileId id)
        => http.Features.Get<IHttpRequestFeature>() is { RawTarget: var target } && FileLinks.In(Encoding.ASCII.GetBytes(target)).Contains(id);

    private async Task SendAsync(HttpContext http)
    {
        var wantsPreview = http.Request.QueryString.Value == "?" + PreviewQuery;
        if (!FileId.TryParse((string?)http.GetRouteValue("id") ?? "", out var id)
            || !IsLink(http, id)
            || store!.Find(id) is not { } file
            || host.IsOver(file)
            || store.Open(id, wantsPreview && file.HasPreview ? FilePart.Preview : FilePart.Content) is not { } content)
        {
            throw new ProblemException(StatusCodes.Status404NotFound, "There is no such file: it was deleted, or has expired with its message");
        }

        await using (content)
        {
            var isPreview = wantsPreview && file.HasPreview;
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Referrer-Policy"] = "no-referrer";
            headers["X-Robots-Tag"] = "noindex";

            // A file that was deleted is to be gone from browsers, too: they ask each time, and are sent nothing if it is there still.
            headers.CacheControl = "private, no-cache";
            var disposition = new ContentDispositionHeaderValue(file.IsPicture || file.MediaType == MediaTypes.Text ? "inline" : "attachment");
            disposition.SetHttpFileName(file.Name);
            headers.ContentDisposition = disposition.ToString();
            var type = isPreview ? "image/webp" : file.MediaType == MediaTypes.Text ? "text/plain; charset=utf-8" : file.MediaType;
            var tag = new EntityTagHeaderValue($"\"{id}{(isPreview ? "-p" : "")}\"");
            await TypedResults.Stream(content, type, fileDownloadName: null, file.Uploaded, tag, enableRangeProcessing: true).ExecuteAsync(http);
        }
    }
}
