using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.Core.Files;
using Parley.Server.Files;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Files;

/// <summary>How much is taken in: of one, of all, at a time; and what becomes of what ends early.</summary>
public sealed class FileLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_may_fill_its_share_and_no_more_until_something_of_it_is_gone()
    {
        await using var server = await FileServer.StartAsync(options => options.AccountFilesMegabytes = 1);
        var location = await server.MustUploadAsync(new byte[600_000]);

        using var second = await server.UploadAsync(new byte[600_000]);
        Assert.Equal(HttpStatusCode.InsufficientStorage, second.StatusCode);
        Assert.Contains("the 1 MB that an account may have", await second.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        await server.MustUploadAsync(new byte[600_000], login: FileServer.Basic("Ben"));

        await using var ann = await server.EnterAsync("Ann");
        var id = await FileServer.SayAsync(ann, "#main", location.AbsoluteUri);
        await ann.SendLineAsync($"REDACT #main {id}");
        await server.UntilAsync(location, HttpStatusCode.NotFound);
        await server.Server.Time.WhenPeriodicTimerArmedAsync(FileReferences.SweepInterval);
        server.Server.Time.Advance(FileReferences.SweepInterval);
        await UntilTakenAsync(server, new byte[600_000]);
    }

    [Fact]
    public async Task All_files_together_have_a_limit()
    {
        await using var server = await FileServer.StartAsync(options => options.FilesMegabytes = 1);
        await server.MustUploadAsync(new byte[600_000]);

        using var second = await server.UploadAsync(new byte[600_000], login: FileServer.Basic("Ben"));

        Assert.Equal(HttpStatusCode.InsufficientStorage, second.StatusCode);
        Assert.Contains("Files have filled the 1 MB", await second.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Small_files_count_what_they_take_up_on_a_disk()
    {
        await using var server = await FileServer.StartAsync(options => options.AccountFilesMegabytes = 1);
        const int small = 4;
        await server.MustUploadAsync(new byte[1_000_000 - (small * FileQuota.LeastBytes)]);
        for (var file = 0; file < small; file++)
        {
            await server.MustUploadAsync("x"u8.ToArray());
        }

        using var response = await server.UploadAsync("x"u8.ToArray());
        Assert.Equal(HttpStatusCode.InsufficientStorage, response.StatusCode);
    }

    [Fact]
    public async Task The_disk_is_left_some_room()
    {
        await using var server = await FileServer.StartAsync(options => options.FilesReserveMegabytes = int.MaxValue);

        await UploadTests.AssertRefusedAsync(server, await server.UploadAsync("x"u8.ToArray()), HttpStatusCode.InsufficientStorage, "There is no room for the file on the server");
        Assert.Contains(server.Server.Log.Entries, entry => entry.Id == 411);
    }

    [Theory]
    [InlineData(FullDisk.WhenWriting)]
    [InlineData(FullDisk.WhenKeeping)]
    public async Task A_disk_that_fills_up_meanwhile_is_told_and_nothing_is_kept(FullDisk when)
    {
        var disk = new FullDiskStore();
        await using var server = await FileServer.StartAsync(around: store => disk.Around(store));
        disk.Fails = when;

        await UploadTests.AssertRefusedAsync(server, await server.UploadAsync(new byte[200_000]), HttpStatusCode.InsufficientStorage, "There is no room for the file on the server");

        disk.Fails = FullDisk.Never;
        await server.MustUploadAsync(new byte[200_000]);
        Assert.Contains(server.Server.Log.Entries, entry => entry.Id == 411 && entry.Message.Contains("No space left", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_upload_that_is_cut_off_leaves_nothing_and_holds_nothing()
    {
        await using var server = await FileServer.StartAsync(options => options.AccountFilesMegabytes = 1);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using (await BeginAsync(server, bytes: 900_000))
            {
                await Until.TrueAsync(() => server.Traces.Length == 1, () => "no upload has begun");
            }

            await Until.TrueAsync(() => server.Traces.Length == 0, () => "half a file is kept");
        }

        await UntilTakenAsync(server, new byte[900_000]);
    }

    [Fact]
    public async Task One_account_uploads_so_many_files_at_a_time_and_keeps_nobody_else_out()
    {
        await using var server = await FileServer.StartAsync(options => options.LoginAttempts = 10);
        var held = new List<Socket>();
        for (var upload = 0; upload < FileQuota.MaxOfOne; upload++)
        {
            held.Add(await BeginAsync(server, bytes: 50_000));
        }

        await Until.TrueAsync(() => server.Traces.Length == FileQuota.MaxOfOne, () => "the uploads have not begun");
        using var next = await server.UploadAsync("x"u8.ToArray());
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(5)), (next.StatusCode, next.Headers.RetryAfter!.Delta));
        await server.MustUploadAsync("x"u8.ToArray(), login: FileServer.Basic("Ben"));

        held.ForEach(socket => socket.Dispose());
        await UntilTakenAsync(server, "x"u8.ToArray());
    }

    /// <summary>Sends the head of an upload, and some of it.</summary>
    private static async Task<Socket> BeginAsync(FileServer server, int bytes)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Server.AddressOf("http"), Token);
        var head = $"POST /files HTTP/1.1\r\nHost: localhost\r\nAuthorization: {FileServer.Basic("Ann")}\r\nContent-Length: {bytes}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(head + new string('x', bytes / 2)), Token);
        return socket;
    }

    private static async Task UntilTakenAsync(FileServer server, byte[] content)
    {
        using var limit = new CancellationTokenSource(Safety.Timeout);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            using var response = await server.UploadAsync(content);
            if (response.StatusCode == HttpStatusCode.Created)
            {
                return;
            }
        }
    }

    /// <summary>When a disk is found to be full.</summary>
    public enum FullDisk
    {
        Never,
        WhenWriting,
        WhenKeeping,
    }

    /// <summary>A store on a disk that is full when a test says so.</summary>
    private sealed class FullDiskStore
    {
        public FullDisk Fails { get; set; }

        public IFileStore Around(IFileStore store) => new Store(this, store);

        private sealed class Store(FullDiskStore disk, IFileStore inner) : IFileStore
        {
            public string Location => inner.Location;

            public long FreeBytes => inner.FreeBytes;

            public IFileDraft Begin() => new Draft(disk, inner.Begin());

            public StoredFile? Find(FileId id) => inner.Find(id);

            public Stream? Open(FileId id, FilePart part) => inner.Open(id, part);

            public void Update(StoredFile file) => inner.Update(file);

            public void Remove(FileId id) => inner.Remove(id);

            public IReadOnlyList<StoredFile> List() => inner.List();
        }

        private sealed class Draft(FullDiskStore disk, IFileDraft inner) : IFileDraft
        {
            public FileId Id => inner.Id;

            public Stream Content => disk.Fails == FullDisk.WhenWriting && inner.Content.Length > 0 ? throw new FileStoreException("No space left on device") : inner.Content;

            public void Keep(StoredFile file, ReadOnlyMemory<byte> preview)
            {
                if (disk.Fails == FullDisk.WhenKeeping)
                {
                    throw new FileStoreException("No space left on device");
                }

                inner.Keep(file, preview);
            }

            public void Dispose() => inner.Dispose();
        }
    }
}
