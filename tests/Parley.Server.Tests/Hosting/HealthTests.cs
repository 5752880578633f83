using System.Net;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Hosting;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health/live", "alive\n")]
    [InlineData("/health/ready", "ready\n")]
    public async Task A_running_server_is_alive_and_ready(string path, string answer)
    {
        await using var server = await RealServer.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri($"http://{server.AddressOf("http")}") };
        using var response = await http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(answer, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Other_paths_are_not_found()
    {
        await using var server = await RealServer.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri($"http://{server.AddressOf("http")}") };
        using var response = await http.GetAsync("/nowhere", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
