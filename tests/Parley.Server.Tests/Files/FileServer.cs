using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Accounts;
using Parley.Core.Files;
using Parley.Core.Names;
using Parley.Server.Accounts;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.Storage.Files;
using Parley.TestKit;

namespace Parley.Server.Tests.Files;

/// <summary>A whole server that keeps files in a directory of the test's own, and where Ann and Ben have accounts.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    public const string Password = "correct horse";

    private readonly DirectoryInfo _data;

    private FileServer(RealServer server, DirectoryInfo data, IFileStore store, AccountService accounts)
    {
        (Server, _data, Store, Accounts) = (server, data, store, accounts);
        Http = server.Http();
    }

    public RealServer Server { get; }

    public HttpClient Http { get; }

    public IFileStore Store { get; }

    /// <summary>Its accounts, as an operator changes them beside it.</summary>
    public AccountService Accounts { get; }

    /// <summary>An operator's access to the same files.</summary>
    public DiskFileAdmin Admin => DiskFileAdmin.Open(_data.FullName);

    /// <summary>Whatever lies where files are kept.</summary>
    public string[] Traces => [.. Directory.EnumerateFiles(Path.Combine(_data.FullName, DiskFileStore.FolderName)).Select(path => Path.GetFileName(path)!)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="set">Sets what is to be other than usual.</param>
    /// <param name="around">Puts another store around the one on the disk.</param>
    /// <param name="services">Adds services other than these.</param>
    public static async Task<FileServer> StartAsync(
        Action<ParleyOptions>? set = null, Func<IFileStore, IFileStore>? around = null, Action<IServiceCollection>? services = null)
    {
        var options = RealServer.FreePorts();
        options.History = true;
        options.FilesReserveMegabytes = 0;
        set?.Invoke(options);
        var accounts = new MemoryAccountStore();
        var desk = new AccountService(accounts, options, TimeProvider.System, iterations: 100);
        foreach (var name in (string[])["Ann", "Ben"])
        {
            Assert.Null(await desk.RegisterAsync(UserName.TryParse(name, out var user) ? user : default, Password, cancellationToken: Token));
        }

        var data = Directory.CreateTempSubdirectory("parley-files-");
        var store = around is null ? DiskFileStore.Open(data.FullName) : around(DiskFileStore.Open(data.FullName));
        var server = await RealServer.StartAsync(options, configureServices: added =>
        {
            added.AddSingleton<IAccountStore>(accounts).AddSingleton(store).AddSingleton<IPictureEditor, SkiaPictureEditor>();
            services?.Invoke(added);
        });
        return new FileServer(server, data, store, desk);
    }

    public static AuthenticationHeaderValue Basic(string name, string password = Password)
        => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    /// <summary>Uploads something.</summary>
    public async Task<HttpResponseMessage> UploadAsync(
        byte[] content, string? name = null, string? type = null, AuthenticationHeaderValue? login = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/files") { Content = new ByteArrayContent(content) };
        request.Headers.Authorization = login ?? Basic("Ann");
        if (name is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Disposition", $"attachment; filename=\"{name}\"");
        }

        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        change?.Invoke(request);
        return await Http.SendAsync(request, Token);
    }

    /// <summary>Uploads something, which is taken; returns where it is.</summary>
    public async Task<Uri> MustUploadAsync(byte[] content, string name = "notes.txt", string? type = null, AuthenticationHeaderValue? login = null)
    {
        using var response = await UploadAsync(content, name, type, login);
        Assert.True(response.StatusCode == System.Net.HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Token));
        return response.Headers.Location!;
    }

    public Task<HttpResponseMessage> GetAsync(Uri file) => Http.GetAsync(file, Token);

    /// <summary>The status of a file once it is that.</summary>
    public async Task UntilAsync(Uri file, System.Net.HttpStatusCode status)
    {
        using var limit = new CancellationTokenSource(Safety.Timeout);
        while (true)
        {
            using var response = await Http.GetAsync(file, limit.Token);
            if (response.StatusCode == status)
            {
                return;
            }
        }
    }

    /// <summary>An IRC client that is logged in, and is in #main.</summary>
    public async Task<ScriptedClient> EnterAsync(string name, bool logsIn = true)
    {
        var client = await ScriptedClient.ConnectAsync(Server.AddressOf("irc"), name);
        await client.SendLinesAsync("CAP REQ :sasl batch message-tags echo-message", "CAP REQ draft/message-redaction");
        if (logsIn)
        {
            await client.SendLinesAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{name}\0{Password}"))}");
            await client.ReadUntilContainsAsync(" 903 ");
        }

        await client.SendLinesAsync($"NICK {name}", $"USER {name} 0 * :{name}", "CAP END", "JOIN #main");
        await client.ReadUntilContainsAsync(" 366 ");
        return client;
    }

    /// <summary>Has a client say something; returns the id of the message.</summary>
    public static async Task<string> SayAsync(ScriptedClient client, string target, string text)
    {
        await client.SendLineAsync($"PRIVMSG {target} :{text}");
        var echo = await client.ReadUntilContainsAsync($":{text}");
        return System.Text.RegularExpressions.Regex.Match(echo, "msgid=([^;\\s]+)").Groups[1].Value;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
