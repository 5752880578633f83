using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Core.Files;
using Parley.Server.Files;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Files;

/// <summary>A file lives as long as the message of its owner that links to it.</summary>
public sealed class FileLifeTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task A_file_is_gone_when_its_message_is_deleted()
    {
        await using var server = await FileServer.StartAsync();
        await using var ann = await server.EnterAsync("Ann");
        var file = await server.MustUploadAsync("secret"u8.ToArray());
        var id = await FileServer.SayAsync(ann, "#main", $"look: {file.AbsoluteUri} !");

        await ann.SendLineAsync($"REDACT #main {id}");

        await server.UntilAsync(file, HttpStatusCode.NotFound);
        await AgeAsync(server, FileReferences.SweepInterval);
        await Until.TrueAsync(() => server.Traces.Length == 0, () => "the file is on the disk still");
    }

    [Fact]
    public async Task Files_that_an_operator_removes_are_served_no_more_and_make_room_for_others()
    {
        await using var server = await FileServer.StartAsync(options => options.AccountFilesMegabytes = 1);
        await using var ann = await server.EnterAsync("Ann");
        var (said, waiting) = (await server.MustUploadAsync(new byte[400_000]), await server.MustUploadAsync(new byte[400_000]));
        var other = await server.MustUploadAsync("Ben's"u8.ToArray(), login: FileServer.Basic("Ben"));
        await FileServer.SayAsync(ann, "#main", said.AbsoluteUri);
        using (var full = await server.UploadAsync(new byte[900_000]))
        {
            Assert.Equal(HttpStatusCode.InsufficientStorage, full.StatusCode);
        }

        var owner = server.Store.List().First(file => file.Bytes == 400_000).Owner;

        Assert.Equal(2, server.Admin.RemoveOf(owner));

        foreach (var (file, status) in new[] { (said, HttpStatusCode.NotFound), (waiting, HttpStatusCode.NotFound), (other, HttpStatusCode.OK) })
        {
            using var response = await server.GetAsync(file);
            Assert.Equal(status, response.StatusCode);
        }

        await AgeAsync(server, FileReferences.SweepInterval);
        await UntilTakenAsync(server, new byte[900_000]);
    }

    [Fact]
    public async Task A_file_in_a_direct_message_goes_with_that()
    {
        await using var server = await FileServer.StartAsync();
        await using var ann = await server.EnterAsync("Ann");
        await using var ben = await server.EnterAsync("Ben");
        var file = await server.MustUploadAsync("secret"u8.ToArray());
        var id = await FileServer.SayAsync(ann, "Ben", file.AbsoluteUri);
        await Until.TrueAsync(() => server.Store.List()[0].Use == FileUse.Said, () => "the link was not seen");

        await ann.SendLineAsync($"REDACT Ben {id}");

        await server.UntilAsync(file, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_file_stays_when_somebody_deletes_a_message_that_only_quotes_it()
    {
        await using var server = await FileServer.StartAsync();
        await using var ann = await server.EnterAsync("Ann");
        await using var ben = await server.EnterAsync("Ben");
        var file = await server.MustUploadAsync("mine"u8.ToArray());
        await FileServer.SayAsync(ann, "#main", file.AbsoluteUri);
        var quote = await FileServer.SayAsync(ben, "#main", $"> {file.AbsoluteUri}");

        await ben.SendLineAsync($"REDACT #main {quote}");
        await ben.ReadUntilContainsAsync("REDACT #main");
        var other = await server.MustUploadAsync("other"u8.ToArray());
        var otherId = await FileServer.SayAsync(ann, "#main", other.AbsoluteUri);
        await ann.SendLineAsync($"REDACT #main {otherId}");

        // What comes behind was done, so this was, too.
        await server.UntilAsync(other, HttpStatusCode.NotFound);
        using var response = await server.GetAsync(file);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_file_is_at_no_address_by_which_its_message_would_not_be_known()
    {
        await using var server = await FileServer.StartAsync();
        var file = await server.MustUploadAsync("kept"u8.ToArray());
        var id = file.Segments[^2].TrimEnd('/');
        var escaped = string.Concat(id.Select(letter => $"%{(int)letter:x2}"));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/files/", "/files/"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/files/", "/FILES/"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/files/", "/%66iles/"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(id, escaped));

        async Task<HttpStatusCode> StatusAsync(string part, string spelling)
        {
            var spelled = file.OriginalString.Replace(part, spelling, StringComparison.Ordinal);
            using var response = await server.GetAsync(new Uri(spelled, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task A_file_outlives_the_edit_of_its_message()
    {
        await using var server = await FileServer.StartAsync();
        await using var ann = await server.EnterAsync("Ann");
        var file = await server.MustUploadAsync("kept"u8.ToArray());
        var id = await FileServer.SayAsync(ann, "#main", $"lok: {file.AbsoluteUri}");

        await ann.SendLineAsync($"REDACT #main {id} :edited");
        await server.UntilAsync(file, HttpStatusCode.NotFound);
        await FileServer.SayAsync(ann, "#main", $"look: {file.AbsoluteUri}");

        await server.UntilAsync(file, HttpStatusCode.OK);
        await AgeAsync(server, Day);
        Assert.Equal(2, server.Traces.Length);
    }

    [Fact]
    public async Task What_an_operator_of_the_room_has_deleted_its_author_does_not_bring_back()
    {
        await using var server = await FileServer.StartAsync();
        await using var ben = await server.EnterAsync("Ben");
        await using var ann = await server.EnterAsync("Ann");
        var file = await server.MustUploadAsync("bad"u8.ToArray());
        var id = await FileServer.SayAsync(ann, "#main", file.AbsoluteUri);

        await ben.SendLineAsync($"REDACT #main {id}");
        await server.UntilAsync(file, HttpStatusCode.NotFound);
        await FileServer.SayAsync(ann, "Ann", file.AbsoluteUri);

        await Until.TrueAsync(() => server.Traces.Length == 0, () => "the file is on the disk still");
        await server.UntilAsync(file, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_file_that_was_taken_back_comes_back_within_a_minute_alone()
    {
        await using var server = await FileServer.StartAsync();
        await using var ann = await server.EnterAsync("Ann");
        var file = await server.MustUploadAsync("late"u8.ToArray());
        var id = await FileServer.SayAsync(ann, "#main", file.AbsoluteUri);
        await ann.SendLineAsync($"REDACT #main {id}");
        await server.UntilAsync(file, HttpStatusCode.NotFound);

        server.Server.Time.Advance(FileHost.Afterlife);
        await FileServer.SayAsync(ann, "#main", file.AbsoluteUri);
        var other = await server.MustUploadAsync("other"u8.ToArray());
        var otherId = await FileServer.SayAsync(ann, "#main", other.AbsoluteUri);
        await ann.SendLineAsync($"REDACT #main {otherId}");

        // What comes behind was done, so this was, too.
        await server.UntilAsync(other, HttpStatusCode.NotFound);
        await server.UntilAsync(file, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_file_that_no_message_links_to_is_removed_after_a_day()
    {
        await using var server = await FileServer.StartAsync();
        await using var ann = await server.EnterAsync("Ann");
        var (unused, used) = (await server.MustUploadAsync("unused"u8.ToArray()), await server.MustUploadAsync("used"u8.ToArray()));
        await FileServer.SayAsync(ann, "#main", used.AbsoluteUri);
        await Until.TrueAsync(() => server.Store.List().Any(file => file.Use == FileUse.Said), () => "the link was not seen");

        await AgeAsync(server, Day);

        await server.UntilAsync(unused, HttpStatusCode.NotFound);
        await server.UntilAsync(used, HttpStatusCode.OK);
        await Until.TrueAsync(() => server.Store.List().Count == 1, () => "the file is on the disk still");
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public async Task A_link_expires_with_history(bool history, int days)
    {
        await using var server = await FileServer.StartAsync(options => (options.History, options.HistoryDays) = (history, 3));
        await using var ann = await server.EnterAsync("Ann");
        var file = await server.MustUploadAsync("for a while"u8.ToArray());
        await FileServer.SayAsync(ann, "#main", file.AbsoluteUri);
        await Until.TrueAsync(() => server.Store.List()[0].Use == FileUse.Said, () => "the link was not seen");

        await AgeAsync(server, (days * Day) - TimeSpan.FromMinutes(10));
        await server.UntilAsync(file, HttpStatusCode.OK);
        await AgeAsync(server, TimeSpan.FromMinutes(10));

        await server.UntilAsync(file, HttpStatusCode.NotFound);
        await Until.TrueAsync(() => server.Traces.Length == 0, () => "the file is on the disk still");
    }

    [Fact]
    public async Task A_clock_that_is_wrong_at_a_start_removes_no_file()
    {
        await using var server = await FileServer.StartAsync(options => options.HistoryDays = 3);
        await using var ann = await server.EnterAsync("Ann");
        var file = await server.MustUploadAsync("said"u8.ToArray());
        await FileServer.SayAsync(ann, "#main", file.AbsoluteUri);
        await server.MustUploadAsync("not said yet"u8.ToArray());
        await Until.TrueAsync(() => server.Store.List().Any(each => each.Use == FileUse.Said), () => "the link was not seen");
        var options = new ParleyOptions { HistoryDays = 3 };
        var wrong = new ManualTimeProvider();
        wrong.Advance(server.Server.Time.GetUtcNow() + (40 * Day) - wrong.GetUtcNow());
        using var restarted = new FileReferences(new FileHost(options, wrong, server.Store), new FileQuota(options), wrong, NullLogger<FileReferences>.Instance, server.Store);

        await restarted.StartAsync(TestContext.Current.CancellationToken);
        await wrong.WhenPeriodicTimerArmedAsync(FileReferences.SweepInterval);
        await restarted.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, server.Store.List().Count);
    }

    [Fact]
    public void Files_are_found_in_messages_whatever_stands_around_their_links()
    {
        var (one, two) = (FileId.New(), FileId.New());
        var text = System.Text.Encoding.UTF8.GetBytes($"é (https://a.example/chat/files/{one}/x.png), /files/{two} /files/{one}/y /files/short /files/ /files/{two.Value[..^1]}!");

        Assert.Equal([one, two], FileLinks.In(text));
        Assert.Empty(FileLinks.In("nothing here"u8));
    }

    /// <summary>Moves the clock, past a look through the files at that time.</summary>
    private static async Task UntilTakenAsync(FileServer server, byte[] content)
    {
        using var limit = new CancellationTokenSource(Safety.Timeout);
        HttpStatusCode status;
        do
        {
            limit.Token.ThrowIfCancellationRequested();
            using var response = await server.UploadAsync(content);
            status = response.StatusCode;
        }
        while (status == HttpStatusCode.InsufficientStorage);
        Assert.Equal(HttpStatusCode.Created, status);
    }

    private static async Task AgeAsync(FileServer server, TimeSpan time)
    {
        await server.Server.Time.WhenPeriodicTimerArmedAsync(FileReferences.SweepInterval);
        server.Server.Time.Advance(time);
    }
}
