namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Users in the room: the last answer to <c>/users</c>, updated as users join, leave and change their names.</summary>
internal sealed class MemberList
{
    private readonly SortedSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> Names => _names;

    /// <summary>Takes over an answer to <c>/users</c>: <c>A, B, C</c>.</summary>
    public void Replace(string list)
    {
        _names.Clear();
        _names.UnionWith(list.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(name => name.Trim()).Where(name => name.Length > 0));
    }

    public bool Contains(string name) => _names.Contains(name);

    public void Add(string name) => _names.Add(name);

    public void Remove(string name) => _names.Remove(name);

    public void Rename(string old, string name)
    {
        _names.Remove(old);
        _names.Add(name);
    }

    public void Clear() => _names.Clear();
}
