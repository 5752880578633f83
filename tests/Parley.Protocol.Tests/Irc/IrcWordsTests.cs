using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Irc;

namespace Parley.Protocol.Tests.Irc;

public sealed class IrcWordsTests
{
    [Fact]
    public void Words_that_fit_share_a_line() =>
        Assert.Equal(":s 353 a = #main :Ana Bob\r\n", Bytes.Written(o =>
        {
            var words = new IrcWords(o, ":s 353 a = #main :");
            words.Add("Ana");
            words.Add("Bob"u8);
            words.End();
        }));

    [Fact]
    public void A_list_without_words_has_a_line_only_where_one_is_wanted()
    {
        Assert.Equal("", Bytes.Written(o => new IrcWords(o, ":s 353 a = #main :").End()));
        Assert.Equal(":s 303 a :\r\n", Bytes.Written(o => new IrcWords(o, ":s 303 a :").End(evenIfEmpty: true)));
    }

    [Fact]
    public void A_line_has_no_more_words_than_allowed_and_ends_as_told() =>
        Assert.Equal(":s 005 a A B :are supported\r\n:s 005 a C :are supported\r\n", Bytes.Written(o =>
        {
            var words = new IrcWords(o, ":s 005 a ") { MaxWords = 2, Suffix = " :are supported"u8 };
            words.Add("A");
            words.Add("B");
            words.Add("C");
            words.End();
        }));

    [Fact]
    public void Lines_that_are_continued_say_so_and_all_have_the_tags() =>
        Assert.Equal("@label=1 CAP a LS * :x,y\r\n@label=1 CAP a LS :z\r\n", Bytes.Written(o =>
        {
            var words = new IrcWords(o, "CAP a LS :")
            {
                ContinuedPrefix = "CAP a LS * :"u8,
                Tags = "@label=1 "u8,
                Separator = (byte)',',
                MaxWords = 2,
            };
            words.Add("x");
            words.Add("y");
            words.Add("z");
            words.End();
        }));

    [Fact]
    public void A_word_that_does_not_fit_alone_is_cut_at_a_character()
    {
        var lines = Bytes.Written(o =>
        {
            var words = new IrcWords(o, ":");
            words.Add("a");
            words.Add("x" + new string('é', 600));
            words.Add("b");
            words.End();
        }).Split("\r\n");
        Assert.Equal([":a", ":x" + new string('é', 254), ":b", ""], lines);
    }

    [Fact]
    public void Every_word_comes_once_in_order_in_lines_that_are_full()
    {
        var word = Gen.Choose(1, 60).Select(length => new string('é', length));
        Prop.ForAll(Arb.From(word.ListOf()), Arb.From(Gen.Choose(0, 300)), (added, prefix) =>
        {
            var start = new string('p', prefix) + ":";
            var lines = Bytes.Written(o =>
            {
                var words = new IrcWords(o, start) { Suffix = "!"u8 };
                foreach (var one in added)
                {
                    words.Add(one);
                }

                words.End();
            }).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            var perLine = lines.Select(line => line[start.Length..^1].Split(' ')).ToList();
            return perLine.SelectMany(words => words).SequenceEqual(added)
                && lines.All(line => line.StartsWith(start, StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(line) <= 510)
                && lines.Zip(perLine.Skip(1)).All(pair => Encoding.UTF8.GetByteCount(pair.First + " " + pair.Second[0]) > 510);
        }).QuickCheckThrowOnFailure();
    }
}
