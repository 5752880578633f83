namespace Parley.Core.Names;

/// <summary>All pairs of adjective and animal of 8 to 12 characters, numbered from 0 to <see cref="Count"/> - 1.</summary>
/// <remarks>
/// The pairs are never listed. With the words ordered by length, the animals that fit an adjective form one range, the same
/// for all adjectives of its length. So there is one block of numbers for each length of adjective, a rectangle of that
/// length's adjectives by their range of animals, and a number finds its pair by a division within its block.
/// </remarks>
internal sealed class NameCombinations
{
    /// <summary>The length of the shortest combination, in characters.</summary>
    public const int MinLength = 8;

    /// <summary>The length of the longest combination, in characters.</summary>
    public const int MaxLength = 12;

    private readonly string[] _adjectives;
    private readonly string[] _animals;
    private readonly Block[] _blocks;

    public NameCombinations(IEnumerable<string> adjectives, IEnumerable<string> animals)
    {
        // OrderBy is stable: words of one length stay in the order given, so the same lists number the pairs in the same way.
        _adjectives = [.. adjectives.OrderBy(word => word.Length)];
        _animals = [.. animals.OrderBy(word => word.Length)];

        var blocks = new List<Block>();
        var adjective = 0;
        foreach (var sameLength in _adjectives.CountBy(word => word.Length))
        {
            var firstAnimal = _animals.Count(word => word.Length < MinLength - sameLength.Key);
            var animalCount = _animals.Count(word => word.Length <= MaxLength - sameLength.Key) - firstAnimal;
            if (animalCount > 0)
            {
                blocks.Add(new Block(Count, Count + (sameLength.Value * animalCount), adjective, firstAnimal, animalCount));
                Count = blocks[^1].End;
            }

            adjective += sameLength.Value;
        }

        _blocks = [.. blocks];
    }

    /// <summary>Number of pairs.</summary>
    public int Count { get; }

    /// <summary>The pair with this number.</summary>
    public (string Adjective, string Animal) this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);

            var i = 0;
            while (index >= _blocks[i].End)
            {
                i++;
            }

            var block = _blocks[i];
            var (row, column) = Math.DivRem(index - block.Start, block.AnimalCount);
            return (_adjectives[block.FirstAdjective + row], _animals[block.FirstAnimal + column]);
        }
    }

    private readonly record struct Block(int Start, int End, int FirstAdjective, int FirstAnimal, int AnimalCount);
}
