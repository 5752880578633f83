using System.Collections.Frozen;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Hooks;
using Parley.Core.Text;

namespace Parley.Core.Push;

/// <summary>Finds which of many accounts a text mentions, by the rules of <see cref="MentionWord"/>: a text costs what its words cost, however many accounts there are.</summary>
public sealed class MentionIndex
{
    private readonly FrozenDictionary<string, ProvenAccount> _byWord;
    private readonly ProvenAccount[] _others;

    /// <param name="accounts">The accounts.</param>
    public MentionIndex(IEnumerable<ProvenAccount> accounts)
    {
        var all = accounts.ToLookup(account => IsOneWord(account.Name.Value));
        _byWord = all[true].DistinctBy(account => account.Name.Value, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(account => account.Name.Value, StringComparer.OrdinalIgnoreCase);
        _others = [.. all[false]];
    }

    /// <summary>The accounts whose names are in a text, each once, without the one that says it.</summary>
    public IReadOnlyCollection<ProvenAccount> In(ReadOnlySpan<byte> utf8, Identity author)
    {
        HashSet<ProvenAccount>? found = null;
        var text = Encoding.UTF8.GetString(TextFormatting.Remove(utf8));
        var words = _byWord.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && MentionWord.IsOfWord(text[end]))
            {
                end++;
            }

            if (end > at && words.TryGetValue(text.AsSpan(at, end - at), out var account))
            {
                Add(account);
            }

            at = end + 1;
        }

        foreach (var other in _others)
        {
            if (MentionWord.IsIn(text, other.Name.Value))
            {
                Add(other);
            }
        }

        return found ?? [];

        void Add(ProvenAccount account)
        {
            if (Identity.Of(account.Id) != author)
            {
                (found ??= []).Add(account);
            }
        }
    }

    /// <summary>True if a name is always a word by itself: others may stand in the middle of letters, or have signs that end a word.</summary>
    private static bool IsOneWord(string name)
    {
        foreach (var character in name)
        {
            if (!MentionWord.IsOfWord(character))
            {
                return false;
            }
        }

        return !MentionWord.IsDense(name, 0) && !MentionWord.IsDense(name, name.Length - 1);
    }
}
