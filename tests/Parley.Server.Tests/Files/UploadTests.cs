using System.Net;
using System.Text;
using System.Text.Json;
using Parley.Core.Files;
using SkiaSharp;

namespace Parley.Server.Tests.Files;

/// <summary>docs/protocols/files.md: what is taken in, and how it is given out.</summary>
public sealed class UploadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_where_the_answer_says_and_is_read_without_a_login()
    {
        await using var server = await FileServer.StartAsync();

        using var response = await server.UploadAsync("Grüße"u8.ToArray(), "notes.txt", "text/plain");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var location = response.Headers.Location!;
        Assert.Matches($"^http://{server.Server.AddressOf("http")}/files/[A-Za-z0-9_-]{{22}}/notes\\.txt$", location.OriginalString);
        var about = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal(
            (location.OriginalString, "notes.txt", "text/plain", 7),
            (about.GetProperty("url").GetString(), about.GetProperty("name").GetString(), about.GetProperty("type").GetString(), about.GetProperty("bytes").GetInt32()));
        using var file = await server.GetAsync(location);
        Assert.Equal("Grüße", await file.Content.ReadAsStringAsync(Token));
        Assert.Equal("text/plain; charset=utf-8", file.Content.Headers.ContentType!.ToString());
    }

    /// <summary>"Servers MUST support HEAD and GET requests on the uploaded file URI."</summary>
    [Fact]
    public async Task A_file_can_be_asked_about_in_part_and_again()
    {
        await using var server = await FileServer.StartAsync();
        var location = await server.MustUploadAsync("0123456789"u8.ToArray());

        using var head = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, location), Token);
        using var part = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, location) { Headers = { { "Range", "bytes=3-5" } } }, Token);
        using var again = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, location) { Headers = { { "If-None-Match", head.Headers.ETag!.ToString() } } }, Token);

        Assert.Equal((HttpStatusCode.OK, 10L, ""), (head.StatusCode, head.Content.Headers.ContentLength, await head.Content.ReadAsStringAsync(Token)));
        Assert.Equal((HttpStatusCode.PartialContent, "345"), (part.StatusCode, await part.Content.ReadAsStringAsync(Token)));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "page.html", "text/html", "text/plain; charset=utf-8", "inline")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "picture.svg", "image/svg+xml", "text/plain; charset=utf-8", "inline")]
    [InlineData("alert(1)", "worker.js", "text/javascript", "text/plain; charset=utf-8", "inline")]
    [InlineData("%PDF-1.7 \u0001", "book.pdf", "application/pdf", "application/pdf", "attachment")]
    [InlineData("MZ\u0090\u0000\u0003", "setup.exe", "text/html", "application/octet-stream", "attachment")]
    public async Task Whatever_a_file_says_that_it_is_it_can_do_nothing_in_a_browser(string content, string name, string said, string type, string disposition)
    {
        await using var server = await FileServer.StartAsync();

        using var file = await server.GetAsync(await server.MustUploadAsync(Encoding.UTF8.GetBytes(content), name, said));

        Assert.Equal(type, file.Content.Headers.ContentType!.ToString());
        Assert.Equal((disposition, name), (file.Content.Headers.ContentDisposition!.DispositionType, file.Content.Headers.ContentDisposition.FileNameStar));
        Assert.StartsWith("sandbox; default-src 'none';", Assert.Single(file.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(file.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.True(file.Headers.CacheControl is { Private: true, NoCache: true });
    }

    [Fact]
    public async Task A_picture_is_drawn_anew_and_has_a_smaller_copy()
    {
        await using var server = await FileServer.StartAsync(options => options.PictureSide = 1000);

        using var response = await server.UploadAsync(Picture(1500, 900, SKEncodedImageFormat.Png), "holiday.heic", "image/png");

        var about = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal((1000, 600, "holiday.png"), (about.GetProperty("width").GetInt32(), about.GetProperty("height").GetInt32(), about.GetProperty("name").GetString()));
        using var file = await server.GetAsync(response.Headers.Location!);
        using var preview = await server.GetAsync(new Uri(response.Headers.Location + "?preview"));
        Assert.Equal(("image/png", "inline"), (file.Content.Headers.ContentType!.ToString(), file.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Equal("image/webp", preview.Content.Headers.ContentType!.ToString());
        using var small = SKBitmap.Decode(await preview.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal((800, 480), (small.Width, small.Height));
    }

    [Theory]
    [InlineData("no picture at all", "image/png", "is said to be image/png and is none")]
    [InlineData("\u0089PNG but nothing more", "image/png", "is none")]
    public async Task A_file_that_lies_about_its_type_is_refused_and_nothing_is_kept(string content, string type, string error)
    {
        await using var server = await FileServer.StartAsync();

        await AssertRefusedAsync(server, await server.UploadAsync(Encoding.UTF8.GetBytes(content), "x.png", type), HttpStatusCode.UnsupportedMediaType, error);
    }

    [Fact]
    public async Task A_picture_that_is_damaged_is_refused_and_nothing_is_kept()
    {
        await using var server = await FileServer.StartAsync();

        await AssertRefusedAsync(
            server, await server.UploadAsync(Picture(300, 300, SKEncodedImageFormat.Png)[..50], "x.png"), HttpStatusCode.UnsupportedMediaType, "The picture is damaged");
    }

    [Fact]
    public async Task A_picture_of_more_pixels_than_the_limit_is_refused_and_nothing_is_kept()
    {
        await using var server = await FileServer.StartAsync(options => options.MaxPictureMegapixels = 1);

        await AssertRefusedAsync(
            server, await server.UploadAsync(Picture(1001, 1000, SKEncodedImageFormat.Png), "x.png"), HttpStatusCode.RequestEntityTooLarge, "at most 1 megapixels");
        await server.MustUploadAsync(Picture(1000, 1000, SKEncodedImageFormat.Png), "x.png");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_larger_than_the_limit_is_refused_whether_or_not_it_says_so_and_nothing_is_kept(bool saysSo)
    {
        await using var server = await FileServer.StartAsync(options => options.MaxFileMegabytes = 1);
        await server.MustUploadAsync(new byte[1_000_000]);
        var traces = server.Traces.Length;

        using var response = await server.UploadAsync(new byte[1_000_001], change: request => request.Headers.TransferEncodingChunked = !saysSo);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("at most 1 MB", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(traces, server.Traces.Length);
    }

    [Theory]
    [InlineData("attachment; filename*=UTF-8''a%0Ab.txt", "not to be seen")]
    [InlineData("attachment; filename*=UTF-8''a%1B%5B31m.txt", "not to be seen")]
    [InlineData("attachment; filename*=UTF-8''gpj%E2%80%AEexe.txt", "not to be seen")]
    [InlineData("attachment; filename=\"../../etc/passwd\"", "has a path in it")]
    [InlineData("attachment; filename=\"C:\\\\x.txt\"", "has a path in it")]
    [InlineData("attachment; filename=\"..\"", "has a path in it")]
    [InlineData("attachment; filename=\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", "too long (at most 120 bytes)")]
    [InlineData("=;=", "Content-Disposition will not do")]
    [InlineData("attachment; filename*=UTF-7''K%C3%A4se.txt", "Content-Disposition will not do")]
    public async Task A_name_that_would_deceive_or_lead_elsewhere_is_refused_and_nothing_is_kept(string disposition, string error)
    {
        await using var server = await FileServer.StartAsync();

        await AssertRefusedAsync(
            server,
            await server.UploadAsync("x"u8.ToArray(), change: request => request.Content!.Headers.TryAddWithoutValidation("Content-Disposition", disposition)),
            HttpStatusCode.BadRequest,
            error);
    }

    [Theory]
    [InlineData("attachment; filename*=UTF-8''K%C3%A4se%20%F0%9F%A7%80.txt", "K%C3%A4se%20%F0%9F%A7%80.txt")]
    [InlineData("attachment", "text.txt")]
    [InlineData("", "text.txt")]
    public async Task A_name_may_be_in_any_language_or_missing(string disposition, string end)
    {
        await using var server = await FileServer.StartAsync();

        using var response = await server.UploadAsync(
            "x"u8.ToArray(), change: request => request.Content!.Headers.TryAddWithoutValidation("Content-Disposition", disposition));

        Assert.EndsWith("/" + end, response.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        using var file = await server.GetAsync(response.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
    }

    [Fact]
    public async Task An_empty_file_and_a_form_are_refused()
    {
        await using var server = await FileServer.StartAsync();

        await AssertRefusedAsync(server, await server.UploadAsync([], "x.txt"), HttpStatusCode.BadRequest, "The file is empty");
        await AssertRefusedAsync(
            server, await server.UploadAsync("--a"u8.ToArray(), type: "multipart/form-data; boundary=a"), HttpStatusCode.UnsupportedMediaType, "Send the file itself");
        await AssertRefusedAsync(server, await server.UploadAsync("x"u8.ToArray(), type: "nonsense"), HttpStatusCode.BadRequest, "Content-Type will not do");
    }

    [Fact]
    public async Task Only_types_of_the_setting_are_taken_by_what_is_in_the_file()
    {
        await using var server = await FileServer.StartAsync(options => options.FileTypes = "image/*, application/pdf");

        await server.MustUploadAsync(Picture(10, 10, SKEncodedImageFormat.Jpeg), "x.jpg");
        await server.MustUploadAsync("%PDF-1.4"u8.ToArray(), "x.pdf");
        using var response = await server.UploadAsync("text"u8.ToArray(), "x.pdf", "application/pdf");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("(text/plain) are not taken here, only image/*, application/pdf", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_uploaded_is_not_there()
    {
        await using var server = await FileServer.StartAsync();

        foreach (var path in (string[])[$"/files/{FileId.New()}/x", "/files/..%2f..%2fetc%2fpasswd/x", "/files/x", "/files/aaaaaaaaaaaaaaaaaaaaa%2E/x"])
        {
            using var response = await server.Http.GetAsync(new Uri(path, UriKind.Relative), Token);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    internal static byte[] Picture(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Teal);
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    internal static async Task AssertRefusedAsync(FileServer server, HttpResponseMessage response, HttpStatusCode status, string error)
    {
        using (response)
        {
            var problem = await response.Content.ReadAsStringAsync(Token);
            Assert.True(status == response.StatusCode, problem);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            Assert.Contains(error, JsonDocument.Parse(problem).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.Empty(server.Traces);
        }
    }
}
