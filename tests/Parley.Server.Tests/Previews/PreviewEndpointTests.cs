using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Previews;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Previews;

/// <summary>docs/web.md: who may ask what is behind the links of messages. What they are told is in <c>Parley.Browser.Tests</c>.</summary>
public sealed class PreviewEndpointTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_preview_goes_with_its_message_whoever_has_removed_it_from_history()
    {
        using var store = new ScriptedStore(maxMessagesPerRoom: 1);
        var options = RealServer.FreePorts();
        (options.LinkPreviews, options.History, options.HistoryEvents) = (true, true, false);
        await using var server = await RealServer.StartAsync(options, store: store, configureServices: services => services.AddSingleton(
            _ => new PageFetcher(options, TimeProvider.System, new OnePage("<title>Tea</title>"), PageFetcher.IsPortOfTheWeb)));
        using var http = server.Http();
        await using var ann = await server.EnterAsync("Ann");

        await ann.SendLineAsync("see http://tea.example/");
        await ann.ReadUntilAsync("Ann: see http://tea.example/");
        var preview = await http.GetFromJsonAsync<JsonNode>("/previews/main.1", Token);
        Assert.Equal("Tea", (string)preview!["title"]!);

        await ann.SendLineAsync("and http://tea.example/");
        await ann.ReadUntilAsync("Ann: and http://tea.example/");
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(http, "main.1", null));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(http, "main.2", null));

        store.IsUnreadable = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(http, "main.2", null));
    }

    [Theory]
    [InlineData(false, HttpStatusCode.NotFound)]
    [InlineData(true, HttpStatusCode.Unauthorized)]
    public async Task Where_people_need_an_account_strangers_learn_of_no_link(bool isRequired, HttpStatusCode strangers)
    {
        var options = RealServer.FreePorts();
        (options.LinkPreviews, options.RequireAccount) = (true, isRequired);
        await using var server = await RealServer.StartAsync(options);
        using var http = server.Http();
        using var made = await http.PostAsJsonAsync("/account/register", new { account = "Ann", password = "correct horse" }, Token);
        var token = (string)(await made.Content.ReadFromJsonAsync<JsonNode>(Token))!["token"]!;

        Assert.Equal(strangers, await AskAsync(http, "main.1", null));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(http, "main.1", token));
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient http, string message, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/previews/" + message);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, Token);
        return answer.StatusCode;
    }

    /// <summary>The same page wherever one asks.</summary>
    private sealed class OnePage(string html) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => Task.FromResult(new HttpResponseMessage { Content = new StringContent(html, Encoding.UTF8, "text/html") });
    }
}
