using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Parley.Browser.Tests.Support;
using Parley.Server.Http;
using Parley.Server.Options;
using Parley.Server.Previews;
using static Microsoft.Playwright.Assertions;

namespace Parley.Browser.Tests;

/// <summary>What the server finds behind a link is shown below the message, as text; the browser asks no other server.</summary>
public sealed class LinkPreviewTests(Chromium chromium) : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _asked = new();
    private WebApplication _site = null!;
    private string _link = "";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _site = builder.Build();
        _site.Run(async http =>
        {
            _asked.Enqueue(http.Request.Path.Value!);
            http.Response.ContentType = "text/html";
            await http.Response.WriteAsync(
                http.Request.Path == "/beans" ? "<title>Ten beans for a cold spring</title><meta property=og:site_name content='The Allotment Weekly'><meta name=description content='Which to sow under glass in March, which to wait with until May, and two that do not mind the frost at all.'>"
                : http.Request.Path == "/long" ? $"<title>The whole history of tea, of those who grow it, and of {new string('o', 120)}long</title><meta name=description content='{string.Concat(Enumerable.Repeat("From the hills to the pot, in many words. ", 20))}'>" : "<title>plain</title><meta property=og:title content='<script>alert(1)</script> Tea'><meta property=og:site_name content='The Tea Room'><meta name=description content='How to make it.'>");
        });
        await _site.StartAsync(TestContext.Current.CancellationToken);
        _link = _site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public async ValueTask DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task It_stands_below_the_message_for_all_is_fetched_once_and_goes_with_the_message()
    {
        await using var server = await StartAsync(isOn: true);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await using var bob = await ChatPage.OpenAsync(chromium, server);
        var asked = new ConcurrentQueue<string>();
        bob.Page.Request += (_, request) => asked.Enqueue(new Uri(request.Url).Authority);

        await ann.SayAsync($"read {_link}/tea#pot");
        var preview = bob.Page.Locator(".link-preview");
        await Expect(preview).ToHaveCountAsync(1);
        await Expect(preview.Locator("> *")).ToHaveTextAsync(["The Tea Room", "<script>alert(1)</script> Tea", "How to make it."]);
        await Expect(ann.Page.Locator(".link-preview")).ToHaveCountAsync(1);
        await bob.SayAsync($"again: {_link}/tea");
        await Expect(preview).ToHaveCountAsync(2);
        Assert.Equal(["/tea"], _asked);
        Assert.All(asked, authority => Assert.Equal(server.Address.Authority, authority));

        await bob.Page.ReloadAsync();
        await bob.IsOnlineAsync();
        await Expect(preview).ToHaveCountAsync(2);
        await ann.Page.Locator(".row-message", new() { HasText = "read" }).HoverAsync();
        await ann.Page.Locator(".row-message", new() { HasText = "read" }).FocusAsync();
        await ann.Page.Keyboard.PressAsync("Delete");
        await Expect(bob.Page.Locator(".is-redacted")).ToHaveCountAsync(1);
        await Expect(preview).ToHaveCountAsync(1);
        ann.HasNoFaults();
        bob.HasNoFaults();
    }

    [Theory]
    [InlineData("web-preview-light", ColorScheme.Light, 1000, 480)]
    [InlineData("web-preview-dark-phone", ColorScheme.Dark, 390, 660)]
    public async Task It_can_be_told_from_what_was_said(string name, ColorScheme scheme, int width, int height)
    {
        await using var server = await StartAsync(isOn: true, WhateverTheName());
        await using var stage = await Garden.PlantAsync(chromium, server);
        await using var ann = await ChatPage.NewAsync(chromium, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
        await ann.Page.AddInitScriptAsync("localStorage.getItem('parley') ?? localStorage.setItem('parley', JSON.stringify({ nick: 'Marigold', rooms: ['#garden', '#main'] }))");
        await ann.Page.GotoAsync(server.Address + "#garden");
        await ann.SeeAsync("Count me in");
        await ann.SayAsync("For those who plan already: http://allotment.example/beans");

        await Expect(ann.Page.Locator(".link-preview > *")).ToHaveTextAsync(
            ["The Allotment Weekly", "Ten beans for a cold spring", "Which to sow under glass in March, which to wait with until May, and two that do not mind the frost at all."]);
        Assert.Empty(await ann.Page.FaintTextsAsync());
        await ann.Page.Mouse.MoveAsync(0, 0);
        await TakeAsync(ann, name);

        // The other link of the garden leads to nothing.
        ann.HasNoFaults("404");
    }

    [Theory]
    [InlineData("web-preview-long-light", ColorScheme.Light, 1000, 420)]
    [InlineData("web-preview-long-dark-phone", ColorScheme.Dark, 390, 560)]
    public async Task However_long_it_is_it_fits(string name, ColorScheme scheme, int width, int height)
    {
        await using var server = await StartAsync(isOn: true);
        await using var ann = await ChatPage.NewAsync(chromium, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
        await ann.Page.GotoAsync(server.Address.ToString());
        await ann.SayAsync($"Worth an evening: {_link}/long");
        await ann.SayAsync($"{_link}/tea");
        await Expect(ann.Page.Locator(".link-preview")).ToHaveCountAsync(2);

        Assert.True(await ann.Page.Locator("#messages").EvaluateAsync<bool>("list => list.scrollWidth <= list.clientWidth"));
        await TakeAsync(ann, name);
        ann.HasNoFaults();
    }

    [Fact]
    public async Task Direct_messages_and_rooms_that_keep_people_out_are_left_alone()
    {
        await using var server = await StartAsync(isOn: true);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync("/join #secret");
        await Expect(ann.Room).ToHaveTextAsync("#secret");
        await ann.SayAsync("/mode #secret +k sesame");
        await ann.SayAsync($"{_link}/secret");
        await ann.SeeAsync($"{_link}/secret");
        await ann.SayAsync($"/msg {await ann.NameAsync()} {_link}/direct");
        await ann.SayAsync("/join #open");
        await Expect(ann.Room).ToHaveTextAsync("#open");
        await ann.SayAsync($"{_link}/open");

        await Expect(ann.Page.Locator(".link-preview")).ToHaveCountAsync(1);
        Assert.Equal(["/open"], _asked);
    }

    [Fact]
    public async Task Nothing_is_fetched_unless_it_is_asked_for()
    {
        await using var server = await StartAsync(isOn: false);
        await using var ann = await ChatPage.OpenAsync(chromium, server);
        await ann.SayAsync($"{_link}/tea");
        await ann.SeeAsync($"{_link}/tea");
        using var http = new HttpClient { BaseAddress = server.Address };

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("previews/main.1", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Empty(_asked);
        await Expect(ann.Page.Locator(".link-preview")).ToHaveCountAsync(0);
        ann.HasNoFaults();
    }

    /// <summary>This machine stands for the public Internet.</summary>
    private static Task<PageServer> StartAsync(bool isOn, HttpMessageHandler? handler = null) => PageServer.StartNewAsync(
        options => options.LinkPreviews = isOn,
        services => services.AddSingleton(provider => new PageFetcher(
            provider.GetRequiredService<ParleyOptions>(), TimeProvider.System, handler ?? PageFetcher.CreateHandler(new OutwardGuard(_ => true)), _ => true)));

    /// <summary>Every name leads to the site of this test.</summary>
    private SocketsHttpHandler WhateverTheName() => new()
    {
        ConnectCallback = async (_, token) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, new Uri(_link).Port, token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private static async Task TakeAsync(ChatPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PARLEY_IMAGES") is { } folder)
        {
            await page.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
        }
    }
}
