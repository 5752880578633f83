using System.Text;
using Parley.Core.Tokens;
using Xunit;

namespace Parley.Specification;

/// <summary>What every store of answers does. An implementation derives one class from this, and passes.</summary>
public abstract class AnswerStoreSpecification
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IAnswerStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_found_by_token_and_key_as_it_was()
    {
        await Store.AddAsync(Answer(1, "key", Noon, "one"), Token);

        var found = await Store.FindAsync(1, "key", Noon, Token);

        Assert.Equal((1, "key", Noon, "one"), (found!.Token, found.Key, found.Time, Encoding.UTF8.GetString(found.Body.Span)));
        Assert.Equal(TokenSecret.Hash("one"), found.Fingerprint.ToArray());
        Assert.Null(await Store.FindAsync(2, "key", Noon, Token));
        Assert.Null(await Store.FindAsync(1, "KEY", Noon, Token));
    }

    [Fact]
    public async Task An_answer_is_forgotten_after_a_day_and_its_key_can_be_used_again()
    {
        await Store.AddAsync(Answer(1, "key", Noon, "one"), Token);
        var tomorrow = Noon + RememberedAnswer.Lifetime;

        Assert.NotNull(await Store.FindAsync(1, "key", tomorrow.AddTicks(-1), Token));
        Assert.Null(await Store.FindAsync(1, "key", tomorrow, Token));

        await Store.AddAsync(Answer(1, "key", tomorrow, "two"), Token);
        await Store.AddAsync(Answer(1, "other", tomorrow, "three"), Token);
        Assert.Equal("two", Encoding.UTF8.GetString((await Store.FindAsync(1, "key", tomorrow, Token))!.Body.Span));
    }

    [Fact]
    public async Task A_request_that_was_begun_is_found_without_an_answer_until_there_is_one()
    {
        var begun = Answer(1, "key", Noon, "");
        await Store.AddAsync(begun, Token);

        var found = await Store.FindAsync(1, "key", Noon, Token);
        Assert.Equal((true, Noon), (found!.IsOpen, found.Time));

        await Store.AddAsync(found with { Body = "one"u8.ToArray() }, Token);
        found = await Store.FindAsync(1, "key", Noon, Token);
        Assert.Equal((false, Noon, "one"), (found!.IsOpen, found.Time, Encoding.UTF8.GetString(found.Body.Span)));
    }

    private static RememberedAnswer Answer(long token, string key, DateTimeOffset time, string body)
        => new(token, key, TokenSecret.Hash(body), time, Encoding.UTF8.GetBytes(body));
}
