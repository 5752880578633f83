using System.Text;
using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using Parley.Server.Options;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>Files and pictures: how they are shared, how they look, and what is told where they will not do.</summary>
public sealed class FileTests(Chromium chromium)
{
    /// <summary>Text that the page is told when a test has the server refuse, or break off.</summary>
    private const string NetworkFault = "Failed to load resource";

    [Fact]
    public async Task A_picture_goes_with_what_is_said_and_is_shown_to_others()
    {
        await using var server = await PageServer.StartNewAsync(options => options.Files = FilePolicy.Everyone);
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await using var ann = await ChatPage.OpenAsync(chromium, server);

        await ann.AttachAsync(Picture("beach.png", 1400, 900));
        await Expect(ann.Page.Locator(".attachment [role=status]")).ToHaveCountAsync(1);
        await ann.SayAsync("look at this");

        var picture = bob.Page.Locator(".file-picture img");
        await Expect(picture).ToHaveAttributeAsync("alt", "beach.png");
        await Expect(bob.Messages.Locator("p")).ToHaveTextAsync("look at this");
        Assert.Equal(800, await picture.EvaluateAsync<int>("async image => { await image.decode(); return image.naturalWidth; }"));
        await Expect(ann.Page.Locator(".attachment")).ToHaveCountAsync(0);
        await Expect(ann.Input).ToHaveValueAsync("");

        await picture.ClickAsync();
        var large = bob.Page.Locator("dialog .picture");
        Assert.Equal(1400, await large.EvaluateAsync<int>("async image => { await image.decode(); return image.naturalWidth; }"));
        ann.HasNoFaults();
        bob.HasNoFaults();
    }

    [Fact]
    public async Task A_file_that_is_dropped_or_pasted_is_shared_and_what_may_do_harm_is_only_saved()
    {
        await using var server = await PageServer.StartNewAsync(options => options.Files = FilePolicy.Everyone);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        const string Give = """
            ([type, name, content]) => {
              const data = new DataTransfer();
              data.items.add(new File([content], name, { type: 'application/pdf' }));
              const on = type === 'paste' ? document.getElementById('message-input') : document.getElementById('messages');
              const event = type === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
                : new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
              on.dispatchEvent(event);
              return event.defaultPrevented;
            }
            """;

        await ann.Page.EvaluateAsync(Give, new[] { "dragenter", "book.pdf", "%PDF-1.4 one" });
        await Expect(ann.Page.Locator("#drop")).ToBeVisibleAsync();
        Assert.True(await ann.Page.EvaluateAsync<bool>(Give, new[] { "drop", "book.pdf", "%PDF-1.4 one" }));
        await Expect(ann.Page.Locator("#drop")).ToBeHiddenAsync();
        Assert.True(await ann.Page.EvaluateAsync<bool>(Give, new[] { "paste", "<b>.pdf", "%PDF-1.4 two" }));
        await Expect(ann.Page.Locator(".attachment [role=status]")).ToHaveCountAsync(2);
        await ann.Input.PressAsync("Enter");

        await Expect(ann.Page.Locator(".file-card")).ToHaveTextAsync(["book.pdf", "<b>.pdf"]);
        var download = await ann.Page.RunAndWaitForDownloadAsync(() => ann.Page.Locator(".file-card").First.ClickAsync());
        Assert.Equal("book.pdf", download.SuggestedFilename);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Progress_is_shown_and_an_upload_can_be_given_up()
    {
        await using var server = await PageServer.StartNewAsync(options => options.Files = FilePolicy.Everyone);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        var arrived = new TaskCompletionSource<IRoute>();
        await ann.Page.RouteAsync("**/files", route => route.Request.Method == "POST" ? Hold(route) : route.ContinueAsync());
        Task Hold(IRoute route)
        {
            arrived.TrySetResult(route);
            return Task.CompletedTask;
        }

        await ann.AttachAsync(Text("notes.txt", "hello"));
        await arrived.Task;
        await Expect(ann.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Uploading notes.txt" })).ToHaveCountAsync(1);
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Remove notes.txt" }).ClickAsync();

        await Expect(ann.Page.Locator(".attachment")).ToHaveCountAsync(0);
        await ann.SayAsync("never mind");
        await Expect(ann.Messages).ToHaveTextAsync(["never mind"]);
        Assert.Empty(server.Files);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task What_will_not_do_is_told_where_the_file_is_and_nothing_is_said()
    {
        await using var server = await PageServer.StartNewAsync(options => (options.Files, options.MaxFileMegabytes) = (FilePolicy.Everyone, 1));
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        var error = ann.Page.Locator(".attachment-error");

        await ann.AttachAsync(new FilePayload { Name = "big.bin", MimeType = "application/zip", Buffer = new byte[1_000_001] });
        await Expect(error).ToHaveTextAsync("Too large: at most 1 MB");
        await ann.AttachAsync(new FilePayload { Name = "x.png", MimeType = "image/png", Buffer = Encoding.UTF8.GetBytes("no picture") });
        await Expect(error).ToHaveTextAsync(["Too large: at most 1 MB", "The file is said to be image/png and is none: send a picture, or say what it is"]);
        await ann.SayAsync("/topic Tea");
        await Expect(ann.Page.Locator("#topic")).ToHaveTextAsync("Tea");
        await Expect(error).ToHaveCountAsync(2);
        await ann.SayAsync("with two files");

        await Expect(ann.Page.Locator(".row-message")).ToHaveCountAsync(0);
        await Expect(ann.Input).ToHaveValueAsync("with two files");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Remove big.bin" }).ClickAsync();
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Remove x.png" }).ClickAsync();
        await ann.Input.PressAsync("Enter");
        await ann.SeeAsync("with two files");
        Assert.Empty(server.Files);
        ann.HasNoFaults(NetworkFault);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_is_told_and_tried_again()
    {
        await using var server = await PageServer.StartNewAsync(options => options.Files = FilePolicy.Everyone);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.Page.RouteAsync("**/files", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await ann.AttachAsync(Text("notes.txt", "hello"));
        await Expect(ann.Page.Locator(".attachment-error")).ToHaveTextAsync("The connection was lost");

        await ann.Page.UnrouteAsync("**/files");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(ann.Page.Locator(".attachment [role=status]")).ToHaveCountAsync(1);
        await ann.Input.PressAsync("Enter");

        await Expect(ann.Page.Locator(".file-card")).ToHaveTextAsync("notes.txt");
        ann.HasNoFaults(NetworkFault);
    }

    [Fact]
    public async Task Whoever_has_no_account_is_asked_to_log_in_and_goes_on_from_there()
    {
        await using var server = await PageServer.StartNewAsync();
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.AttachAsync(Text("notes.txt", "hello"));
        await Expect(ann.Page.Locator(".attachment-error")).ToHaveTextAsync("Log in to share files");
        await ann.Page.Locator(".attachment").GetByRole(AriaRole.Button, new() { Name = "Log in", Exact = true }).ClickAsync();
        var dialog = ann.Page.Locator("dialog");
        await dialog.GetByLabel("Account").FillAsync(await ann.NameAsync());
        await dialog.GetByLabel("Password").FillAsync("correct horse battery");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(ann.Page.Locator(".attachment [role=status]")).ToHaveCountAsync(1);
        await ann.Input.PressAsync("Enter");

        await Expect(ann.Page.Locator(".file-card")).ToHaveTextAsync("notes.txt");
        ann.HasNoFaults();
    }

    [Fact]
    public async Task A_picture_of_a_deleted_message_is_gone_and_one_whose_message_is_edited_stays()
    {
        await using var server = await PageServer.StartNewAsync(options => options.Files = FilePolicy.Everyone);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.AttachAsync(Picture("a.png", 20, 20));
        await ann.SayAsync("teh sea");
        await Expect(ann.Page.Locator(".file-picture img")).ToHaveCountAsync(1);
        var address = (await ann.Page.Locator(".file-picture").GetAttributeAsync("href"))!;

        await ann.Messages.GetByText("teh sea").ClickAsync(new() { Button = MouseButton.Right });
        await ann.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit" }).ClickAsync();
        await ann.SayAsync("the sea\n" + address);
        await ann.SeeAsync("the sea");
        await StatusAsync(ann, address, 200);

        await ann.Page.Locator(".row-message", new() { HasText = "the sea" }).FocusAsync();
        await ann.Page.Keyboard.PressAsync("Delete");
        await ann.Page.ReloadAsync();
        await StatusAsync(ann, address, 404);
    }

    [Fact]
    public async Task A_long_text_that_is_pasted_is_offered_as_a_file()
    {
        await using var server = await PageServer.StartNewAsync(options => options.Files = FilePolicy.Everyone);
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.Input.FillAsync("see: ");
        await ann.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await ann.Page.EvaluateAsync("text => navigator.clipboard.writeText(text)", string.Join('\n', Enumerable.Range(1, 40).Select(line => $"line {line}")));
        await ann.Input.PressAsync("End");
        await ann.Page.Keyboard.PressAsync("Control+v");
        await Expect(ann.Input).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("line 40$"));
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Send as a file" }).ClickAsync();

        await Expect(ann.Input).ToHaveValueAsync("see: ");
        await Expect(ann.Page.Locator(".attachment [role=status]")).ToHaveCountAsync(1);
        await ann.Input.PressAsync("Enter");

        await Expect(bob.Page.Locator(".file-card")).ToHaveTextAsync("text.txt");
        var text = await bob.Page.EvaluateAsync<string>("async url => (await fetch(url)).text()", await bob.Page.Locator(".file-card").GetAttributeAsync("href"));
        Assert.EndsWith("\nline 40", text, StringComparison.Ordinal);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Where_no_files_are_taken_nothing_offers_them()
    {
        await using var server = await PageServer.StartNewAsync(options => options.Files = FilePolicy.Off);
        await using var ann = await ChatPage.OpenAsync(chromium, server);

        await Expect(ann.Page.Locator("#attach-button")).ToBeHiddenAsync();
        await ann.SayAsync("https://a.example/files/AAAAAAAAAAAAAAAAAAAAAA/x.png");
        await Expect(ann.Messages.Locator("a")).ToHaveTextAsync("https://a.example/files/AAAAAAAAAAAAAAAAAAAAAA/x.png");
        await Expect(ann.Messages.Locator("img")).ToHaveCountAsync(0);
        ann.HasNoFaults();
    }

    internal static FilePayload Picture(string name, int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        using var sky = new SKPaint { Shader = SKShader.CreateLinearGradient(new(0, 0), new(0, height), [new SKColor(70, 120, 200), new SKColor(250, 200, 150), new SKColor(30, 80, 110)], [0, .6f, .62f], SKShaderTileMode.Clamp) };
        canvas.DrawRect(0, 0, width, height, sky);
        using var sun = new SKPaint { Color = new SKColor(255, 240, 200), IsAntialias = true };
        canvas.DrawCircle(width * .68f, height * .42f, height * .09f, sun);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return new FilePayload { Name = name, MimeType = "image/png", Buffer = data.ToArray() };
    }

    private static FilePayload Text(string name, string content) => new() { Name = name, MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(content) };

    private static Task StatusAsync(ChatPage page, string address, int status)
        => page.Page.WaitForFunctionAsync("async ([url, status]) => (await fetch(url, { cache: 'no-store' })).status === Number(status)", new[] { address, $"{status}" });
}
