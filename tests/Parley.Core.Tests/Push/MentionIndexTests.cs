using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Hooks;
using Parley.Core.Names;
using Parley.Core.Push;

namespace Parley.Core.Tests.Push;

public sealed class MentionIndexTests
{
    private static readonly string[] Names = ["Ann", "ann-2", "x_y", "[bot]", "Zoë", "山田", "Ben^"];

    [Theory]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("Ann: hello")]
    [InlineData("ANN, ann-2 and X_Y!")]
    [InlineData("Annabel annann ann2 _ann ann-")]
    [InlineData("(ann) @zoë #ben^ [BOT]x")]
    [InlineData("私は山田です")]
    [InlineData("zoe zoë̈")]
    [InlineData("ann-2-ann x_y_ ben ben^^")]
    public void It_finds_what_each_word_by_itself_would(string text)
    {
        var accounts = Names.Select((name, index) => Account(index + 1, name)).ToList();
        var index = new MentionIndex(accounts);

        Assert.Equal(
            accounts.Where(account => MentionWord.IsIn(text, account.Name.Value)).Select(account => account.Name.Value).Order(),
            index.In(Encoding.UTF8.GetBytes(text), default).Select(account => account.Name.Value).Order());
    }

    [Fact]
    public void Formatting_hides_no_name_and_authors_do_not_mention_themselves()
    {
        var (ann, zoe) = (Account(1, "Ann"), Account(2, "Zoë"));
        var index = new MentionIndex([ann, zoe]);

        Assert.Equal([ann], index.In("\u0002A\u0002nn and \u000304Zoë"u8, Identity.Of(zoe.Id)));
    }

    private static ProvenAccount Account(long id, string name)
        => new(new AccountId(id), UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name)), default);
}
