/** Arithmetic, comparisons and connectives of formulas; truth is 1, anything but 0 is true. */
export function operate(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '<':
      return Number(a < b);
    case '<=':
      return Number(a <= b);
    case '>':
      return Number(a > b);
    case '>=':
      return Number(a >= b);
    case '=':
      return Number(a === b);
    case '!=':
      return Number(a !== b);
    case 'and':
      return Number(a !== 0 && b !== 0);
    default:
      return Number(a !== 0 || b !== 0);
  }
}

/** As operate, element by element: the operation is looked up once, and the loops stay tight. */
export function operateColumns(operator: string, a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array(a.length);
  switch (operator) {
    case '<':
      for (let i = 0; i < a.length; i++) result[i] = a[i]! < b[i]! ? 1 : 0;
      return result;
    case '<=':
      for (let i = 0; i < a.length; i++) result[i] = a[i]! <= b[i]! ? 1 : 0;
      return result;
    case '>':
      for (let i = 0; i < a.length; i++) result[i] = a[i]! > b[i]! ? 1 : 0;
      return result;
    case '>=':
      for (let i = 0; i < a.length; i++) result[i] = a[i]! >= b[i]! ? 1 : 0;
      return result;
    case '+':
      for (let i = 0; i < a.length; i++) result[i] = a[i]! + b[i]!;
      return result;
    case '-':
      for (let i = 0; i < a.length; i++) result[i] = a[i]! - b[i]!;
      return result;
    case 'and':
      for (let i = 0; i < a.length; i++) result[i] = a[i] !== 0 && b[i] !== 0 ? 1 : 0;
      return result;
    default:
      for (let i = 0; i < a.length; i++) result[i] = operate(operator, a[i]!, b[i]!);
      return result;
  }
}
