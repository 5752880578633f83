using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Core.Tokens;
using Parley.Server.Http;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Http;

/// <summary>docs/protocols/hooks.md: a request that is sent again.</summary>
public sealed class IdempotencyTests
{
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

    [Fact]
    public async Task Whoever_comes_while_the_first_is_under_way_waits_for_its_answer()
    {
        var answers = new IdempotentAnswers(new MemoryAnswerStore(), TimeProvider.System, NullLogger<IdempotentAnswers>.Instance);
        var held = new TaskCompletionSource<byte[]>();
        var token = new AccessToken(UserName.TryParse("deploy", out var name) ? name : default, new TokenScopes(), default) { Id = 1 };
        var first = answers.AnswerAsync(token, "k", [1], () => held.Task);

        var second = answers.AnswerAsync(token, "k", [1], () => throw new InvalidOperationException("twice"));
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

    private sealed class FullStore : IAnswerStore
    {
        public ValueTask<RememberedAnswer?> FindAsync(long token, string key, DateTimeOffset now, CancellationToken cancellationToken = default)
            => new((RememberedAnswer?)null);

        public ValueTask AddAsync(RememberedAnswer answer, CancellationToken cancellationToken = default)
            => throw new TokenStoreException("there is no room");
    }
}
