using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Previews;

/// <summary>docs/web.md: who may ask what is behind the links of messages. What they are told is in <c>Parley.Browser.Tests</c>.</summary>
public sealed class PreviewEndpointTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

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

        Assert.Equal(strangers, await AskAsync(null));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(token));

        async Task<HttpStatusCode> AskAsync(string? shown)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/previews/main.1");
            request.Headers.Authorization = shown is null ? null : new AuthenticationHeaderValue("Bearer", shown);
            using var answer = await http.SendAsync(request, Token);
            return answer.StatusCode;
        }
    }
}
