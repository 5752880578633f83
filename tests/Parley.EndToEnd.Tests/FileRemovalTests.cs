using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>Files of people whom the operator removes or forgets, while the server runs.</summary>
public sealed class FileRemovalTests
{
    private const string Password = "correct horse";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_server_serves_no_files_of_an_account_that_was_removed_or_forgotten()
    {
        using TemporaryFolder folder = new();
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(folder.Path, "--http", "127.0.0.1:0", "--files-reserve-megabytes", "0");
        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}") };
        Dictionary<string, Uri> files = [];
        foreach (string name in (string[])["ann", "ben", "eve"])
        {
            await RunAsync(Password + "\n", "account", "add", name, "--data", folder.Path);
            files[name] = await UploadAsync(http, name);
        }

        Assert.Equal("ann removed, with a file", await RunAsync("", "account", "remove", "ann", "--yes", "--data", folder.Path));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, files["ann"]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, files["ben"]));

        Assert.Equal("{\"removed\":0,\"files\":1}", await RunAsync("", "history", "forget", "BEN", "--yes", "--json", "--data", folder.Path));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, files["ben"]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, files["eve"]));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(folder.Path, "files")).Length);
    }

    private static async Task<Uri> UploadAsync(HttpClient http, string name)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/files") { Content = new StringContent($"of {name}") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{Password}")));
        using HttpResponseMessage response = await http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.Location!;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, Uri file)
    {
        using HttpResponseMessage response = await http.GetAsync(file, Token);
        return response.StatusCode;
    }

    private static async Task<string?> RunAsync(string input, params string[] arguments)
    {
        await using ChildProcess process = ParleyBinary.Run(arguments);
        await process.SendBytesAsync(Encoding.UTF8.GetBytes(input));
        process.EndInput();
        string? line = await process.Output.NextAsync();
        Assert.Equal(0, await process.ExitAsync());
        return line;
    }
}
