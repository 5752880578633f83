using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Server.Http;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Http;

/// <summary>docs/protocols/hooks.md: a request that is sent again.</summary>
public sealed class IdempotencyTests
{
    private static readonly AccessToken Deploy = new(UserName.TryParse("deploy", out var name) ? name : default, new TokenScopes(), default) { Id = 1 };
    private static readonly RoomName Main = RoomName.TryParse("main", out var room) ? room : default;

    private readonly MemoryHistoryStore _history = new();
    private readonly MemoryAnswerStore _answers = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_retries_many_at_a_time_post_once_and_have_one_answer()
    {
        var options = RealServer.FreePorts();
        options.History = true;
        await using var server = await TokenServer.StartAsync(options);
        await using var ann = await server.Server.EnterAsync("Ann");
        var token = await server.CreateAsync();
        var answers = new HashSet<string>();

        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token }, async (_, _) =>
        {
            var answer = (await server.MustPostAsync(token, "main", "deploy done", key: "release-42")).GetRawText();
            lock (answers)
            {
                answers.Add(answer);
            }
        });

        Assert.Single(answers);
        var first = JsonDocument.Parse(answers.Single()).RootElement.GetProperty("number").GetInt64();
        var next = await server.MustPostAsync(token, "main", "next", key: "release-43");
        await ann.ExpectAsync("deploy joined", "deploy: deploy done", "deploy: next");
        Assert.Equal(first + 1, next.GetProperty("number").GetInt64());
    }

    [Theory]
    [InlineData("Idempotency-Key:")]
    [InlineData("Idempotency-Key: ")]
    [InlineData("idempotency-key: two words")]
    [InlineData("Idempotency-Key: caf\u00E9")]
    public async Task A_key_that_is_none_is_refused_and_nothing_is_posted(string header)
    {
        await using var server = await TokenServer.StartAsync();
        await using var ann = await server.Server.EnterAsync("Ann");
        var token = await server.CreateAsync();
        using var client = await StatusLine.ConnectAsync(server.Server);
        var request = $"POST /rooms/main/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: text/plain\r\n{header}\r\nContent-Length: 4\r\n\r\nlost";
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), Token);

        var answer = await StatusLine.ReadAsync(client, "}");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key must be 1 to ", answer, StringComparison.Ordinal);
        await server.MustPostAsync(token, "main", "said");
        await ann.ExpectAsync("deploy joined", "deploy: said");
    }

    [Fact]
    public async Task A_retry_is_told_that_it_is_one()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync();
        using var first = await server.PostAsync(token, "main", "x", key: "k");
        using var second = await server.PostAsync(token, "main", "x", key: "k");
        Assert.Equal((false, true), (first.Headers.Contains("Idempotent-Replayed"), second.Headers.Contains("Idempotent-Replayed")));
    }

    [Fact]
    public async Task Keys_of_two_tokens_have_nothing_to_do_with_each_other()
    {
        await using var server = await TokenServer.StartAsync();
        var one = await server.MustPostAsync(await server.CreateAsync("one"), "main", "x", key: "k");
        var two = await server.MustPostAsync(await server.CreateAsync("two"), "main", "x", key: "k");
        Assert.NotEqual(one.GetProperty("id").GetString(), two.GetProperty("id").GetString());
    }

    [Fact]
    public async Task After_a_day_a_key_can_be_used_again()
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync();
        var first = await server.MustPostAsync(token, "main", "x", key: "k");

        server.Server.Time.Advance(TimeSpan.FromHours(24));

        var second = await server.MustPostAsync(token, "main", "y", key: "k");
        Assert.NotEqual(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("main", "other")]
    [InlineData("rust", "x")]
    public async Task Another_message_under_the_same_key_is_a_mistake_and_is_told(string room, string text)
    {
        await using var server = await TokenServer.StartAsync();
        var token = await server.CreateAsync();
        await server.MustPostAsync(token, "main", "x", key: "k");
        using var response = await server.PostAsync(token, room, text, key: "k");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("201")]
    public async Task A_key_has_a_form(string key)
    {
        await using var server = await TokenServer.StartAsync();
        using var response = await server.PostAsync(await server.CreateAsync(), "main", "x", key: key == "201" ? new string('k', 201) : key);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task What_has_failed_is_tried_again_by_the_next()
    {
        await using var server = await TokenServer.StartAsync();
        await using var person = await server.Server.EnterAsync("deploy");
        var token = await server.CreateAsync();
        using var refused = await server.PostAsync(token, "main", "x", key: "k");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);

        await person.SendLineAsync("/name Person");
        await person.ExpectAsync("deploy is now Person");

        await server.MustPostAsync(token, "main", "x", key: "k");
        await person.ExpectAsync("deploy joined", "deploy: x");
    }

    [Theory]
    [InlineData("one", 1)]
    [InlineData("one\ntwo\nthree", 3)]
    public async Task A_request_that_was_cut_off_before_its_answer_was_remembered_is_not_said_again(string text, int lines)
    {
        string first;
        await using (var server = await StartAsync(new CutOffStore(_answers)))
        {
            first = (await server.MustPostAsync(await server.CreateAsync(), "main", text, key: "k")).GetRawText();
        }

        await using var again = await StartAsync(_answers);
        var token = await again.CreateAsync();
        using var second = await again.PostAsync(token, "main", text, key: "k");
        using var third = await again.PostAsync(token, "main", text, key: "k");
        var next = await again.MustPostAsync(token, "main", "next", key: "other");

        Assert.Equal((first, first), ((await TokenServer.AnswerAsync(second)).GetRawText(), (await TokenServer.AnswerAsync(third)).GetRawText()));
        Assert.True(second.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(lines + 1, next.GetProperty("number").GetInt64());
    }

    [Fact]
    public async Task Of_a_request_that_was_cut_off_between_two_lines_those_are_said_that_were_not()
    {
        await CutOffAsync("k", "one\ntwo", said: "one");
        await using var again = await StartAsync(_answers);
        await using var ann = await again.Server.EnterAsync("Ann");

        using var second = await again.PostAsync(await again.CreateAsync(), "main", "one\ntwo", key: "k");

        await ann.ExpectAsync("deploy joined", "deploy: two");
        Assert.False(second.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(2, (await TokenServer.AnswerAsync(second)).GetProperty("messages").GetArrayLength());
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("plan", "plan2")]
    public async Task A_request_that_was_cut_off_is_not_said_again_though_its_room_has_another_name_by_then(params string[] names)
    {
        string first;
        await using (var server = await StartAsync(new CutOffStore(_answers)))
        {
            first = (await server.MustPostAsync(await server.CreateAsync(), "main", "one\ntwo", key: "k")).GetRawText();
        }

        var (number, old) = (3, "main");
        foreach (var name in names)
        {
            _history.Append([new(RoomOf(old), number++, new ManualTimeProvider().GetUtcNow(), Deploy.Name, default, MessageKind.RoomRenamed, Encoding.UTF8.GetBytes($"{old} {name}"))]);
            old = name;
        }

        await using var again = await StartAsync(_answers);
        await using var ann = await again.Server.EnterAsync("Ann");

        using var second = await again.PostAsync(await again.CreateAsync(), "main", "one\ntwo", key: "k");

        Assert.True(second.Headers.Contains("Idempotent-Replayed"));
        var (before, after) = (JsonDocument.Parse(first).RootElement.GetProperty("messages"), (await TokenServer.AnswerAsync(second)).GetProperty("messages"));
        Assert.Equal(before.EnumerateArray().Select(message => message.GetProperty("id").GetString()), after.EnumerateArray().Select(message => message.GetProperty("id").GetString()));
        await ann.SendLineAsync("nothing was said again");
        await ann.ExpectAsync("Ann: nothing was said again");
    }

    [Fact]
    public async Task The_same_words_under_another_key_are_another_message()
    {
        await CutOffAsync("a", "x", said: "x");
        await CutOffAsync("b", "x", said: "");
        await using var again = await StartAsync(_answers);
        var token = await again.CreateAsync();

        var (a, b) = (await again.MustPostAsync(token, "main", "x", key: "a"), await again.MustPostAsync(token, "main", "x", key: "b"));

        Assert.Equal((1, 2), (a.GetProperty("number").GetInt64(), b.GetProperty("number").GetInt64()));
    }

    [Fact]
    public async Task Whoever_comes_while_the_first_is_under_way_waits_for_its_answer()
    {
        var answers = new IdempotentAnswers(new MemoryAnswerStore(), TimeProvider.System, NullLogger<IdempotentAnswers>.Instance);
        var held = new TaskCompletionSource<byte[]>();
        var first = answers.AnswerAsync(Deploy, "k", [1], async _ => (await held.Task, false));

        var second = answers.AnswerAsync(Deploy, "k", [1], _ => throw new InvalidOperationException("twice"));
        Assert.False(second.IsCompleted);
        held.SetResult([42]);

        Assert.Equal((42, false), ((await first.WithinSafetyAsync()).Body.Span[0], (await first).IsOld));
        Assert.Equal((42, true), ((await second.WithinSafetyAsync()).Body.Span[0], (await second).IsOld));
    }

    [Fact]
    public async Task A_message_is_answered_also_where_the_answer_cannot_be_remembered()
    {
        await using var server = await TokenServer.StartAsync(services: services => services.AddSingleton<IAnswerStore>(new FullStore()));
        await server.MustPostAsync(await server.CreateAsync(), "main", "x", key: "k");
        Assert.Contains(server.Server.Log.Entries, entry => entry.Id == 602);
    }

    private static RoomName RoomOf(string text) => RoomName.TryParse(text, out var name) ? name : throw new ArgumentException(text, nameof(text));

    /// <summary>A server with the history and the answers that are there.</summary>
    private Task<TokenServer> StartAsync(IAnswerStore answers)
    {
        var options = RealServer.FreePorts();
        (options.History, options.HistoryEvents, options.HistoryReplay) = (true, false, 0);
        return TokenServer.StartAsync(options, services => services.AddSingleton<IHistoryStore>(_history).AddSingleton(answers));
    }

    /// <summary>What a server leaves behind that was cut off when it had said the first line of a request, or nothing.</summary>
    private async Task CutOffAsync(string key, string text, string said)
    {
        var time = new ManualTimeProvider().GetUtcNow();
        var request = new PostRequest([.. text.Split('\n').Select(Encoding.UTF8.GetBytes)], MessageKind.Text, default);
        await _answers.AddAsync(new(Deploy.Id, key, request.Fingerprint(Main), time, default), Token);
        if (said.Length > 0)
        {
            _history.Append([new(Main, 1, time, Deploy.Name, default, MessageKind.Text, Encoding.UTF8.GetBytes(said), Tags: RequestTag.Of(Deploy, key, 0))]);
        }
    }

    /// <summary>Remembers that requests were begun, and loses their answers, as a server does that is killed when it has said something.</summary>
    private sealed class CutOffStore(IAnswerStore inner) : IAnswerStore
    {
        public ValueTask<RememberedAnswer?> FindAsync(long token, string key, DateTimeOffset now, CancellationToken cancellationToken = default)
            => inner.FindAsync(token, key, now, cancellationToken);

        public ValueTask AddAsync(RememberedAnswer answer, CancellationToken cancellationToken = default)
            => answer.IsOpen ? inner.AddAsync(answer, cancellationToken) : throw new TokenStoreException("killed");
    }

    private sealed class FullStore : IAnswerStore
    {
        public ValueTask<RememberedAnswer?> FindAsync(long token, string key, DateTimeOffset now, CancellationToken cancellationToken = default)
            => new((RememberedAnswer?)null);

        public ValueTask AddAsync(RememberedAnswer answer, CancellationToken cancellationToken = default)
            => throw new TokenStoreException("there is no room");
    }
}
